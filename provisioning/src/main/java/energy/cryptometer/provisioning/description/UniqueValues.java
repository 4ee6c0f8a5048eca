package energy.cryptometer.provisioning.description;

import energy.cryptometer.command.configuration.Section;
import java.util.HashMap;
import java.util.Map;

/// Values that may stand only once in a community: names, serials, keys, addresses.
final class UniqueValues {
    private final String kind;
    private final Map<Object, String> owners = new HashMap<>();

    /// @param kind of the values, for messages: `serial`
    UniqueValues(String kind) {
        this.kind = kind;
    }

    /// A value that no section may have.
    UniqueValues reserve(Object value, String owner) {
        owners.put(value, owner);
        return this;
    }

    /// Keeps the value for this section, or refuses the key if another section has it.
    void add(Section section, String key, Object value) {
        String earlier = owners.putIfAbsent(value, section.name());
        if (earlier != null) {
            section.refuse(key, "is the %s of %s already".formatted(kind, earlier));
        }
    }
}
