package energy.cryptometer.provisioning.description;

import java.util.Locale;

/// What a member is in a community.
public enum Role {
    AUTHORITY,
    PLANT,
    METER,
    PARTICIPANT,
    NODE;

    /// The word in files and tables.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
