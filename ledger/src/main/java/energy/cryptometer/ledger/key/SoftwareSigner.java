package energy.cryptometer.ledger.key;

import energy.cryptometer.ledger.hash.Hash;
import java.math.BigInteger;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/// Signs with a key in memory, for trials and tests: a community that demands hardware keys refuses
/// it. The nonce is that of RFC 6979, so no random source is needed and equal messages have equal
/// signatures. Safe for threads. The secret is never printed.
public final class SoftwareSigner implements Signer {
    private final ECPrivateKeyParameters secret;
    private final PublicKey publicKey;

    SoftwareSigner(BigInteger scalar) {
        if (!P256Domain.isScalar(scalar)) {
            throw new IllegalArgumentException(
                    "a secret key lies in [1, n - 1]; this one does not");
        }
        secret = new ECPrivateKeyParameters(scalar, P256Domain.DOMAIN);
        publicKey = PublicKey.ofPoint(P256Domain.DOMAIN.getG().multiply(scalar));
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, secret);
        BigInteger[] signature = signer.generateSignature(Hash.sha256(message).toBytes());
        return Es256.lowS(Es256.join(signature[0], signature[1]));
    }

    /// The fingerprint of the public key.
    @Override
    public String toString() {
        return "software key " + publicKey;
    }
}
