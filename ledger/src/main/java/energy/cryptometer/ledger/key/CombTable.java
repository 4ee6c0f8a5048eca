package energy.cryptometer.ledger.key;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.raw.Nat256;

/// Sums of multiples of one point P, which make a product with any number k cheap (fixed-base comb
/// of Lim and Lee, CRYPTO '94). The 256 bits of k are written as 8 rows of 32:
///
/// ```text
///            column 31   ...   column 0
///     row 7    k[255]    ...     k[224]      weight 2^224 * P
///      ...
///     row 1     k[63]    ...      k[32]      weight  2^32 * P
///     row 0     k[31]    ...       k[0]      weight         P
/// ```
///
/// A column has 8 bits and so one of 256 values; the table holds the sum of the weights for each.
/// Then k * P is 32 times: double what there is, add the next column's sum.
///
/// 16 kB and about as much time to make as 25 verifications.
final class CombTable {
    static final int COLUMNS = 32;

    private static final int ROWS = 8;
    private static final int COORDINATE = 8; // ints, least significant first
    private static final int POINT = 2 * COORDINATE;

    /// Affine x and y of one sum after the other; the first, infinity, is never read.
    private final int[] sums;

    private CombTable(int[] sums) {
        this.sums = sums;
    }

    static CombTable of(ECPoint point) {
        ECPoint[] sums = new ECPoint[1 << ROWS];
        sums[0] = point.getCurve().getInfinity();
        ECPoint weight = point;
        for (int row = 0; row < ROWS; row++) {
            for (int below = 0; below < 1 << row; below++) {
                sums[1 << row | below] = sums[below].add(weight);
            }
            weight = weight.timesPow2(COLUMNS);
        }
        point.getCurve().normalizeAll(sums);
        int[] table = new int[sums.length * POINT];
        for (int i = 1; i < sums.length; i++) {
            put(sums[i].getAffineXCoord().toBigInteger(), table, i * POINT);
            put(sums[i].getAffineYCoord().toBigInteger(), table, i * POINT + COORDINATE);
        }
        return new CombTable(table);
    }

    private static void put(BigInteger coordinate, int[] table, int at) {
        System.arraycopy(Nat256.fromBigInteger(coordinate), 0, table, at, COORDINATE);
    }

    /// Adds the sum of one column of `k`, which has 8 ints: each is a row.
    void add(int[] k, int column, JacobianSum total) {
        int value = 0;
        for (int row = 0; row < ROWS; row++) {
            value |= (k[row] >>> column & 1) << row;
        }
        if (value != 0) {
            int at = value * POINT;
            total.add(
                    Arrays.copyOfRange(sums, at, at + COORDINATE),
                    Arrays.copyOfRange(sums, at + COORDINATE, at + POINT));
        }
    }
}
