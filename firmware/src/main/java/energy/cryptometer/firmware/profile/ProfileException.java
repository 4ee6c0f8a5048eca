package energy.cryptometer.firmware.profile;

/// A profile cannot be replayed. The message is one line: file, line, what stands there and what is
/// expected.
public final class ProfileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final int MAX_QUOTE_LENGTH = 40;

    ProfileException(String message) {
        super(message);
    }

    ProfileException(String message, Throwable cause) {
        super(message, cause);
    }

    /// Text of a file as it may be shown: short, and without control characters.
    static String quote(String text) {
        String shown =
                text.length() > MAX_QUOTE_LENGTH
                        ? text.substring(0, MAX_QUOTE_LENGTH) + "..."
                        : text;
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
