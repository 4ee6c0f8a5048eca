package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.pkcs11.Pkcs11Uri.refused;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoding as RFC 7512, 2.3 and RFC 3986, 2.1 have it, strictly both ways.
final class UriEncoding {
    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String AVAILABLE_IN_BOTH = ":[]@!$'()*+,=";
    private static final String AVAILABLE_IN_PATH = AVAILABLE_IN_BOTH + "&";
    private static final String AVAILABLE_IN_QUERY = AVAILABLE_IN_BOTH + "/?|";

    private UriEncoding() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Text of bytes that [#strictText] has already accepted.
    static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    static String strictText(byte[] utf8, String key) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException _) {
            throw refused(key + " is not UTF-8");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw refused(key + " holds a control character");
        }
        return text;
    }

    static byte[] decode(String encoded, UriAttribute attribute) {
        String available = attribute.inQuery() ? AVAILABLE_IN_QUERY : AVAILABLE_IN_PATH;
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                out.write(octet(encoded, i, attribute));
                i += 2;
            } else if (UNRESERVED.indexOf(c) >= 0 || available.indexOf(c) >= 0) {
                out.write(c);
            } else {
                throw refused(
                        "%s holds U+%04X at character %d, which must be percent-encoded"
                                .formatted(attribute.key(), (int) c, i));
            }
        }
        return out.toByteArray();
    }

    private static int octet(String encoded, int at, UriAttribute attribute) {
        int high = at + 1 < encoded.length() ? hexDigit(encoded.charAt(at + 1)) : -1;
        int low = at + 2 < encoded.length() ? hexDigit(encoded.charAt(at + 2)) : -1;
        if (high < 0 || low < 0) {
            throw refused(
                    "%s has a %% without two hexadecimal digits at character %d"
                            .formatted(attribute.key(), at));
        }
        return high << 4 | low;
    }

    /// ASCII digits only; `Character.digit` would accept those of other scripts.
    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    static String encode(byte[] value, UriAttribute attribute) {
        String available = attribute.inQuery() ? AVAILABLE_IN_QUERY : AVAILABLE_IN_PATH;
        var out = new StringBuilder();
        for (byte b : value) {
            char c = (char) (b & 0xff);
            boolean plain =
                    attribute != UriAttribute.ID
                            && (UNRESERVED.indexOf(c) >= 0 || available.indexOf(c) >= 0);
            if (plain) {
                out.append(c);
            } else {
                out.append("%%%02X".formatted((int) c));
            }
        }
        return out.toString();
    }
}
