package energy.cryptometer.ledger.key;

/// What we conclude about a signature that somebody sent.
public sealed interface SignatureVerdict {
    /// The holder of the key signed exactly this message.
    record Valid() implements SignatureVerdict {}

    /// The signature has another length than 64 bytes.
    record WrongLength(int bytes) implements SignatureVerdict {}

    /// r or s lies outside [1, n - 1].
    record OutOfRange() implements SignatureVerdict {}

    /// s is the greater of two equivalent values, so the same signature has a second spelling.
    record HighS() implements SignatureVerdict {}

    /// The numbers are in range and do not fit key and message.
    record Invalid() implements SignatureVerdict {}

    /// Whether the signature may be relied on.
    default boolean isValid() {
        return this instanceof Valid;
    }

    /// One sentence for logs and pages.
    default String sentence() {
        return switch (this) {
            case Valid() -> "The signature is valid.";
            case WrongLength(int bytes) ->
                    "The signature has " + bytes + " bytes, expected exactly 64.";
            case OutOfRange() -> "The signature has an r or s outside [1, n - 1].";
            case HighS() ->
                    "The signature has an s above n / 2: its signer must send n - s instead.";
            case Invalid() -> "The signature does not fit this key and message.";
        };
    }
}
