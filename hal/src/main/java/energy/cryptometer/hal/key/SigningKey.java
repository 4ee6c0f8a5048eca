package energy.cryptometer.hal.key;

/// A P-256 private key that signs SHA-256 digests. Safe for use by several threads; calls are
/// served one after the other, because a token has one processor.
public interface SigningKey extends AutoCloseable {
    /// Length of a signed digest in bytes (SHA-256).
    int DIGEST_LENGTH = 32;

    /// Length of a signature in bytes: r and s, 32 bytes each, big-endian.
    int SIGNATURE_LENGTH = 64;

    /// Length of an uncompressed P-256 point in bytes (SEC 1, 2.3.3).
    int POINT_LENGTH = 65;

    /// The public key as 65 bytes `0x04 || X || Y`; a fresh copy at each call, also after [#close].
    byte[] publicPoint();

    /// Signs a digest of exactly 32 bytes with ECDSA over P-256 and returns exactly 64 bytes `r ||
    /// s`, as the key holder made them: the caller brings s to its low half.
    ///
    /// @throws IllegalArgumentException if the digest is not 32 bytes long
    /// @throws IllegalStateException if the key is closed
    /// @throws KeyException if the key holder cannot sign; the reason says what to do
    byte[] sign(byte[] digest);

    /// Where the private key lives.
    KeyKind kind();

    /// One line for a status page: where the key lives and what it is called, never a secret.
    String description();

    /// Ends the session with the key holder. Closing twice does nothing.
    @Override
    void close();
}
