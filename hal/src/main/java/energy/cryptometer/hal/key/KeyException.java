package energy.cryptometer.hal.key;

import org.jspecify.annotations.Nullable;

/// A key that cannot be opened or used. The message says what was refused and what to do next; it
/// never holds a PIN.
public final class KeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /// What went wrong, for programs; the message is for people.
    public enum Reason {
        /// The PKCS#11 module cannot be loaded or is not a PKCS#11 module.
        MODULE_MISSING,
        /// No token, or more than one, answers to the name asked for.
        TOKEN_MISSING,
        /// The token or file holds no such P-256 key, or more than one.
        KEY_MISSING,
        /// The token refused the PIN. Never retried: a few more attempts would lock the token.
        WRONG_PIN,
        /// The token accepts no PIN until its security officer unlocks it or, in a TPM, some time
        /// has passed. Asking again costs no attempt.
        PIN_LOCKED,
        /// The token went away, or came back with another key, and one reconnection did not help.
        TOKEN_LOST,
        /// The token or file answered with an error that reconnecting does not cure.
        DEVICE_ERROR,
        /// The key's URI or the name of a PIN source is malformed.
        BAD_URI,
        /// The PIN cannot be read, or may be read by too many.
        PIN_UNAVAILABLE,
        /// A key of that name exists already; keys are never overwritten.
        KEY_EXISTS
    }

    public KeyException(Reason reason, String message) {
        this(reason, message, null);
    }

    public KeyException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
