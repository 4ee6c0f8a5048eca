package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.pkcs11.Pkcs11Uri.refused;

import java.util.List;
import java.util.regex.Pattern;

/// The attributes of RFC 7512, 2.3 that we understand, in the order in which they are printed.
enum UriAttribute {
    TOKEN("token", 32),
    SERIAL("serial", 16),
    MANUFACTURER("manufacturer", 32),
    MODEL("model", 16),
    SLOT_ID("slot-id", 18),
    OBJECT("object", 255),
    ID("id", 255),
    TYPE("type", 10),
    MODULE_PATH("module-path", 1_024),
    MODULE_NAME("module-name", 64),
    PIN_SOURCE("pin-source", 1_024);

    /// The attributes that choose a token.
    static final List<UriAttribute> OF_TOKEN = List.of(TOKEN, SERIAL, MANUFACTURER, MODEL, SLOT_ID);

    private final String key;
    private final int maxLength;

    UriAttribute(String key, int maxLength) {
        this.key = key;
        this.maxLength = maxLength;
    }

    String key() {
        return key;
    }

    boolean inQuery() {
        return this == MODULE_PATH || this == MODULE_NAME || this == PIN_SOURCE;
    }

    /// Checks a decoded value: its length, its characters, and what the attribute demands.
    byte[] checked(byte[] value) {
        if (value.length == 0) {
            throw refused(key + " is empty");
        }
        if (value.length > maxLength) {
            throw refused("%s has %d bytes, at most %d".formatted(key, value.length, maxLength));
        }
        if (this == ID) {
            return value;
        }
        String text = UriEncoding.strictText(value, key);
        switch (this) {
            case SLOT_ID -> demand(text, "[0-9]+", "a decimal number");
            case TYPE ->
                    demand(text, "public|private|cert|secret-key|data", "a type of RFC 7512, 2.3");
            case MODULE_PATH -> demand(text, "/.*", "an absolute path");
            case MODULE_NAME -> demand(text, "[A-Za-z0-9_][A-Za-z0-9._+-]*", "a module's name");
            default -> {}
        }
        return value;
    }

    private void demand(String text, String pattern, String meaning) {
        if (!Pattern.matches(pattern, text)) {
            throw refused("%s=%s is not %s".formatted(key, text, meaning));
        }
    }
}
