package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.pkcs11.Pkcs11Uri.refused;

import energy.cryptometer.hal.key.SanitizedText;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Splits `pkcs11:path?query` (RFC 7512, 2.3) into its attributes.
final class UriParser {
    static final String SCHEME = "pkcs11:";

    private UriParser() {}

    static Pkcs11Uri parse(String text) {
        if (text.length() > Pkcs11Uri.MAX_LENGTH) {
            throw refused(
                    "it has %d characters, at most %d"
                            .formatted(text.length(), Pkcs11Uri.MAX_LENGTH));
        }
        // A scheme is case-insensitive (RFC 3986, 3.1).
        if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw refused("it does not begin with " + SCHEME);
        }
        String rest = text.substring(SCHEME.length());
        int mark = rest.indexOf('?');
        Map<UriAttribute, byte[]> values = new EnumMap<>(UriAttribute.class);
        read(mark < 0 ? rest : rest.substring(0, mark), ";", false, values);
        if (mark >= 0) {
            read(rest.substring(mark + 1), "&", true, values);
        }
        return new Pkcs11Uri(values);
    }

    private static void read(
            String part, String separator, boolean query, Map<UriAttribute, byte[]> values) {
        if (part.isEmpty() && !query) {
            return;
        }
        for (String pair : part.split(Pattern.quote(separator), -1)) {
            int equals = pair.indexOf('=');
            // Not the whole pair: what stands there may be a misplaced secret.
            if (equals < 1) {
                throw refused(
                        "an attribute without a name or a value in its "
                                + (query ? "query" : "path"));
            }
            UriAttribute attribute = attribute(pair.substring(0, equals), query);
            byte[] value = UriEncoding.decode(pair.substring(equals + 1), attribute);
            if (values.put(attribute, attribute.checked(value)) != null) {
                throw refused(attribute.key() + " is given twice");
            }
        }
    }

    private static UriAttribute attribute(String key, boolean query) {
        if (key.equals("pin-value")) {
            throw refused(
                    "pin-value puts a secret into a configuration: write the PIN into a file of"
                            + " mode 0400 and name it with pin-source");
        }
        for (UriAttribute attribute : UriAttribute.values()) {
            if (attribute.key().equals(key) && attribute.inQuery() == query) {
                return attribute;
            }
        }
        throw refused(
                "'%s' is not an attribute of its %s"
                        .formatted(SanitizedText.of(key), query ? "query" : "path"));
    }
}
