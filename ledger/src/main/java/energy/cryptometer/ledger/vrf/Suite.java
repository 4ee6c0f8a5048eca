package energy.cryptometer.ledger.vrf;

import energy.cryptometer.ledger.hash.Hash;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/// The functions that make up ECVRF-P256-SHA256-TAI, RFC 9381 sections 5.4 and 5.5.
final class Suite {

    static final int CHALLENGE_BYTES = 16;

    private static final byte SUITE = 0x01;
    private static final byte ENCODE_TO_CURVE = 0x01;
    private static final byte CHALLENGE = 0x02;
    private static final byte PROOF_TO_HASH = 0x03;
    private static final byte[] BACK = {0x00};
    private static final byte EVEN_Y = 0x02;
    private static final int TRIES = 256;

    private Suite() {}

    /// Section 5.4.1.1, try and increment; the salt is the public key. Its duration depends on
    /// alpha, which is public. Nothing comes out for one alpha in 2^256.
    static Optional<ECPoint> encodeToCurve(byte[] salt, byte[] alpha) {
        return IntStream.range(0, TRIES)
                .mapToObj(counter -> tryPoint(salt, alpha, (byte) counter))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<ECPoint> tryPoint(byte[] salt, byte[] alpha, byte counter) {
        byte[] front = {SUITE, ENCODE_TO_CURVE};
        Hash x = Hash.sha256(front, salt, alpha, new byte[] {counter}, BACK);
        byte[] encoded = new byte[P256Points.POINT_BYTES];
        encoded[0] = EVEN_Y;
        System.arraycopy(x.toBytes(), 0, encoded, 1, Hash.BYTES);
        return P256Points.decode(encoded);
    }

    /// Section 5.4.2.1: the nonce of RFC 6979 section 3.2 for the message `encode(h)`, with
    /// SHA-256.
    static BigInteger nonce(BigInteger secret, ECPoint h) {
        HMacDSAKCalculator calculator = new HMacDSAKCalculator(new SHA256Digest());
        calculator.init(P256Points.ORDER, secret, Hash.sha256(P256Points.encode(h)).toBytes());
        return calculator.nextK();
    }

    /// Section 5.4.3: a number of 128 bits that binds all five points, the public key first.
    static BigInteger challenge(ECPoint... points) {
        byte[][] parts = new byte[points.length + 2][];
        parts[0] = new byte[] {SUITE, CHALLENGE};
        for (int i = 0; i < points.length; i++) {
            parts[i + 1] = P256Points.encode(points[i]);
        }
        parts[points.length + 1] = BACK;
        byte[] digest = Hash.sha256(parts).toBytes();
        return BigIntegers.fromUnsignedByteArray(Arrays.copyOf(digest, CHALLENGE_BYTES));
    }

    /// Section 5.2: beta. The cofactor is 1.
    static Hash output(ECPoint gamma) {
        return Hash.sha256(new byte[] {SUITE, PROOF_TO_HASH}, P256Points.encode(gamma), BACK);
    }
}
