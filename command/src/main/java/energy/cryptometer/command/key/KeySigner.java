package energy.cryptometer.command.key;

import energy.cryptometer.hal.key.KeyKind;
import energy.cryptometer.hal.key.SigningKey;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.Signer;

/// Signs for the ledger with a key of the board: the key signs SHA-256 digests as it likes, the
/// ledger wants one spelling of each signature (low S). Closing it closes the key. As safe for
/// threads as the key.
public final class KeySigner implements Signer, AutoCloseable {
    private final SigningKey key;
    private final PublicKey publicKey;

    /// Takes the key over: closing this closes it.
    ///
    /// @throws IllegalArgumentException if the key's public point is not on P-256
    public KeySigner(SigningKey key) {
        this.key = key;
        try {
            this.publicKey = PublicKey.of(key.publicPoint());
        } catch (MalformedException refusal) {
            throw new IllegalArgumentException(
                    "public point of %s refused: %s"
                            .formatted(key.description(), refusal.getMessage()),
                    refusal);
        }
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        return Es256.lowS(key.sign(Hash.sha256(message).toBytes()));
    }

    /// Where the private key lives.
    public KeyKind kind() {
        return key.kind();
    }

    /// One line for a status page, never a secret.
    public String description() {
        return key.description();
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return key.description();
    }
}
