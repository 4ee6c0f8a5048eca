package energy.cryptometer.provisioning.community;

import java.util.Locale;

/// What somebody is in a community.
enum Role {
    AUTHORITY,
    PLANT,
    METER,
    PARTICIPANT,
    NODE;

    /// The word in files and tables.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
