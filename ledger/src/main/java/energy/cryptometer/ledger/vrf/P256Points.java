package energy.cryptometer.ledger.vrf;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/// The curve P-256 (FIPS 186-5, SEC 2 secp256r1) with compressed points of 33 bytes (SEC 1, section
/// 2.3). Its cofactor is 1: every point on it but infinity is in the group.
final class P256Points {

    static final int POINT_BYTES = 33;
    static final int SCALAR_BYTES = 32;

    private static final int LADDER_BITS = 256;

    private static final X9ECParameters CURVE_PARAMETERS = CustomNamedCurves.getByName("P-256");
    private static final ECCurve CURVE = CURVE_PARAMETERS.getCurve();
    private static final ECPoint BASE = CURVE_PARAMETERS.getG();
    private static final BigInteger FIELD = CURVE.getField().getCharacteristic();

    /// The number of points, called q in RFC 9381.
    static final BigInteger ORDER = CURVE_PARAMETERS.getN();

    private P256Points() {}

    /// The point of a compressed encoding, or nothing where the length is not 33, the first byte is
    /// neither 2 nor 3, x is not below p, or no point of the curve has this x. Infinity has no
    /// encoding of 33 bytes.
    static Optional<ECPoint> decode(byte[] encoded) {
        if (encoded.length != POINT_BYTES || (encoded[0] != 2 && encoded[0] != 3)) {
            return Optional.empty();
        }
        BigInteger x = BigIntegers.fromUnsignedByteArray(encoded, 1, POINT_BYTES - 1);
        if (x.compareTo(FIELD) >= 0) {
            return Optional.empty();
        }
        ECFieldElement element = CURVE.fromBigInteger(x);
        ECFieldElement square =
                element.square().add(CURVE.getA()).multiply(element).add(CURVE.getB());
        return Optional.ofNullable(square.sqrt())
                .map(y -> y.testBitZero() == (encoded[0] == 3) ? y : y.negate())
                .map(y -> CURVE.createPoint(x, y.toBigInteger()));
    }

    static byte[] encode(ECPoint point) {
        return point.getEncoded(true);
    }

    /// `secret * G`, with a number of steps that does not depend on the scalar.
    static ECPoint baseTimesSecret(BigInteger secret) {
        return new FixedPointCombMultiplier().multiply(BASE, secret).normalize();
    }

    /// `secret * point` by a ladder of one addition and one doubling for each of 256 bits, whatever
    /// the scalar: one or two times the order is added, so that its highest bit is always bit 256.
    static ECPoint timesSecret(ECPoint point, BigInteger secret) {
        BigInteger once = secret.add(ORDER);
        BigInteger padded = once.testBit(LADDER_BITS) ? once : once.add(ORDER);
        ECPoint[] rungs = {point, point.twice()};
        for (int bit = LADDER_BITS - 1; bit >= 0; bit--) {
            int set = padded.testBit(bit) ? 1 : 0;
            rungs[1 - set] = rungs[1 - set].add(rungs[set]);
            rungs[set] = rungs[set].twice();
        }
        return rungs[0].normalize();
    }

    /// `s * G - c * point`, fast, for public values only.
    static ECPoint baseMinus(BigInteger s, ECPoint point, BigInteger c) {
        return minus(BASE, s, point, c);
    }

    /// `s * first - c * second`, fast, for public values only.
    static ECPoint minus(ECPoint first, BigInteger s, ECPoint second, BigInteger c) {
        return ECAlgorithms.sumOfTwoMultiplies(first, s, second.negate(), c).normalize();
    }

    /// Exactly 32 bytes, big-endian, for a number in [0, 2^256).
    static byte[] scalarBytes(BigInteger scalar) {
        return BigIntegers.asUnsignedByteArray(SCALAR_BYTES, scalar);
    }
}
