package energy.cryptometer.provisioning.community;

import energy.cryptometer.command.configuration.Section;
import java.util.HashMap;
import java.util.Map;

/// Values that may stand only once in a community: names, serials, keys, addresses.
final class Claims {
    private final String what;
    private final Map<Object, String> owners = new HashMap<>();

    Claims(String what) {
        this.what = what;
    }

    /// A value nobody may claim.
    Claims reserve(Object value, String owner) {
        owners.put(value, owner);
        return this;
    }

    /// Claims the value for this section, or refuses the key if another section has it.
    void claim(Section section, String key, Object value) {
        String earlier = owners.putIfAbsent(value, section.name());
        if (earlier != null) {
            section.refuse(key, "is the %s of %s already".formatted(what, earlier));
        }
    }
}
