package energy.cryptometer.ledger.key;

import java.math.BigInteger;
import org.bouncycastle.math.raw.Nat256;
import org.bouncycastle.util.BigIntegers;

/// ECDSA verification (FIPS 186-5, section 6.4.2) for a key that has a comb table: the same answers
/// as Bouncy Castle's verifier, in two thirds of the time. How long it takes depends on the
/// numbers; message, signature and key are public.
final class CombVerifier {
    private static final CombTable BASE = CombTable.of(P256Domain.DOMAIN.getG());

    private CombVerifier() {}

    /// Whether u * G + v * Q has r for its x, where u is the digest by s and v is r by s, modulo n.
    ///
    /// @param key table of Q
    /// @param r in [1, n - 1], s too
    static boolean verifies(CombTable key, byte[] digest, BigInteger r, BigInteger s) {
        BigInteger inverse = BigIntegers.modOddInverseVar(P256Domain.ORDER, s);
        int[] u = product(new BigInteger(1, digest), inverse);
        int[] v = product(r, inverse);
        JacobianSum sum = new JacobianSum();
        for (int column = CombTable.COLUMNS - 1; column >= 0; column--) {
            sum.twice();
            BASE.add(u, column, sum);
            key.add(v, column, sum);
        }
        return sum.hasXModuloOrder(r);
    }

    private static int[] product(BigInteger one, BigInteger other) {
        return Nat256.fromBigInteger(one.multiply(other).mod(P256Domain.ORDER));
    }
}
