package energy.cryptometer.ledger.key;

/// Holds a private key and signs with it: a hardware token, or software for trials.
public interface Signer {
    /// The key that verifies what this signer signs.
    PublicKey publicKey();

    /// Signs the whole message with ES256. Slow on a token: 200 ms or more.
    ///
    /// @return exactly 64 bytes, r and s, with the lower of the two possible s
    byte[] sign(byte[] message);
}
