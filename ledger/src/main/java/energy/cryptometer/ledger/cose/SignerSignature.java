package energy.cryptometer.ledger.cose;

import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.key.Signer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One of the signatures in a [Sign], and who made it.
public final class SignerSignature {
    private final KeyId signer;
    private final byte[] signature;

    private SignerSignature(KeyId signer, byte[] signature) {
        this.signer = signer;
        this.signature = signature;
    }

    /// Takes a copy of exactly 64 bytes; any other length is an `IllegalArgumentException`.
    public static SignerSignature of(KeyId signer, byte[] signature) {
        if (signature.length != Es256.SIGNATURE_BYTES) {
            throw new IllegalArgumentException(
                    "signature has " + signature.length + " bytes, not " + Es256.SIGNATURE_BYTES);
        }
        return new SignerSignature(signer, signature.clone());
    }

    /// Signs a payload together with the external data, as one of the signers of a [Sign].
    public static SignerSignature sign(Signer signer, byte[] payload, byte[] externalAad) {
        KeyId id = signer.publicKey().id();
        return of(id, signer.sign(Sign.signatureInput(id, payload, externalAad)));
    }

    /// Checks the signature. A key other than the one the header names is `Invalid`.
    public SignatureVerdict verify(PublicKey key, byte[] payload, byte[] externalAad) {
        if (!key.id().equals(signer)) {
            return new SignatureVerdict.Invalid();
        }
        return Es256.verify(key, Sign.signatureInput(signer, payload, externalAad), signature);
    }

    /// The key that the header names.
    public KeyId signer() {
        return signer;
    }

    /// A copy of the 64 bytes.
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignerSignature that
                && signer.equals(that.signer)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return "signature of key " + signer;
    }
}
