package energy.cryptometer.hal.key.pkcs11;

import energy.cryptometer.hal.key.SanitizedText;
import java.nio.charset.StandardCharsets;

/// What a token says of itself (CK_TOKEN_INFO), trailing blanks removed.
record TokenInfo(
        long slot, String label, String manufacturer, String model, String serial, Flags flags) {
    /// Size of CK_TOKEN_INFO on LP64: 96 bytes of text, 11 words, two versions, 16 bytes of time.
    static final int SIZE = 208;

    static final int FLAGS_OFFSET = 96;

    /// The flags that matter to us (PKCS#11 2.40, 3.2).
    record Flags(long bits) {
        boolean initialised() {
            return (bits & 0x400) != 0;
        }

        boolean pinFinalTry() {
            return (bits & 0x2_0000) != 0;
        }

        boolean pinLocked() {
            return (bits & 0x4_0000) != 0;
        }
    }

    static TokenInfo of(long slot, byte[] info, long flags) {
        return new TokenInfo(
                slot,
                text(info, 0, 32),
                text(info, 32, 32),
                text(info, 64, 16),
                text(info, 80, 16),
                new Flags(flags));
    }

    boolean matches(Pkcs11Uri uri) {
        return uri.token().map(label::equals).orElse(true)
                && uri.manufacturer().map(manufacturer::equals).orElse(true)
                && uri.model().map(model::equals).orElse(true)
                && uri.serial().map(serial::equals).orElse(true)
                && (uri.slotId().isEmpty() || uri.slotId().getAsLong() == slot);
    }

    /// The fields are padded with blanks; some modules pad with zeros.
    private static String text(byte[] info, int from, int length) {
        int end = from + length;
        while (end > from && (info[end - 1] == ' ' || info[end - 1] == 0)) {
            end--;
        }
        return new String(info, from, end - from, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "token '%s' (%s %s, serial %s)"
                .formatted(
                        SanitizedText.of(label),
                        SanitizedText.of(manufacturer),
                        SanitizedText.of(model),
                        SanitizedText.of(serial));
    }
}
