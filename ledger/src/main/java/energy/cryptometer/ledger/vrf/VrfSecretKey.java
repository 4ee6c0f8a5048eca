package energy.cryptometer.ledger.vrf;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/// The secret scalar x of a node, kept apart from its signing key.
///
/// The scalar never leaves this object and is never printed. Multiplication by it takes a number of
/// steps that does not depend on it; the arithmetic below is that of the library and of
/// `BigInteger`, so no promise is made against someone who can time it on the same machine.
public final class VrfSecretKey {

    /// The length of every secret key, in bytes.
    public static final int BYTES = P256Points.SCALAR_BYTES;

    private final BigInteger x;
    private final VrfPublicKey publicKey;
    private final ECPoint y;

    private VrfSecretKey(BigInteger x) {
        this.x = x;
        this.y = P256Points.baseTimesSecret(x);
        this.publicKey = VrfPublicKey.of(y);
    }

    /// Takes exactly 32 bytes, big-endian, of a number in [1, q); anything else is an
    /// `IllegalArgumentException` that does not repeat the bytes.
    public static VrfSecretKey of(byte[] scalar) {
        if (scalar.length != BYTES) {
            throw new IllegalArgumentException(
                    "a VRF secret key has " + BYTES + " bytes, not " + scalar.length);
        }
        BigInteger x = BigIntegers.fromUnsignedByteArray(scalar);
        if (x.signum() == 0 || x.compareTo(P256Points.ORDER) >= 0) {
            throw new IllegalArgumentException(
                    "a VRF secret key is a number from 1 to the order of P-256 less 1; draw another");
        }
        return new VrfSecretKey(x);
    }

    /// The key that verifies our proofs.
    public VrfPublicKey publicKey() {
        return publicKey;
    }

    /// Proves the output for the input alpha, RFC 9381 section 5.1. The nonce is that of RFC 6979:
    /// the same key and alpha always give the same proof.
    public VrfProof prove(byte[] alpha) {
        ECPoint h =
                Suite.encodeToCurve(publicKey.toBytes(), alpha)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "256 tries gave no point of P-256 for alpha"));
        ECPoint gamma = P256Points.timesSecret(h, x);
        BigInteger k = Suite.nonce(x, h);
        BigInteger c =
                Suite.challenge(
                        y, h, gamma, P256Points.baseTimesSecret(k), P256Points.timesSecret(h, k));
        BigInteger s = c.multiply(x).add(k).mod(P256Points.ORDER);
        return VrfProof.of(gamma, c, s);
    }

    /// Only the public half.
    @Override
    public String toString() {
        return "VrfSecretKey[of " + publicKey + "]";
    }
}
