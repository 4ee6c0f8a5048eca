package energy.cryptometer.hal.key;

/// Text from outside, made fit for a message: no control characters, no more than 120 characters.
public final class SanitizedText {
    private static final int MAX_LENGTH = 120;

    private SanitizedText() {}

    /// Replaces every character that is not printable by `?` and cuts what is too long.
    public static String of(String raw) {
        var out = new StringBuilder();
        raw.codePoints()
                .limit(MAX_LENGTH)
                .map(c -> Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c)
                .forEach(out::appendCodePoint);
        if (raw.codePointCount(0, raw.length()) > MAX_LENGTH) {
            out.append("...");
        }
        return out.toString();
    }
}
