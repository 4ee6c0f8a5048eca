package energy.cryptometer.ledger.key;

import java.math.BigInteger;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Field;
import org.bouncycastle.math.raw.Nat256;

/// A point of P-256 that grows by doubling and adding, in Jacobian coordinates: (X, Y, Z) stands
/// for x = X / Z^2 and y = Y / Z^3, so nothing is divided on the way. It begins at infinity. The
/// arithmetic modulo p is Bouncy Castle's, whose numbers are always below p, so equal numbers have
/// equal ints. How long it takes depends on the numbers: for public ones only. One thread's own.
///
/// Formulas: Bernstein and Lange, Explicit-Formulas Database, shortw/jacobian-3, dbl-2001-b and
/// madd.
final class JacobianSum {
    private static final int INTS = 8;

    private final int[] x = new int[INTS];
    private final int[] y = new int[INTS];
    private final int[] z = new int[INTS];
    private boolean infinity = true;

    // Room to compute in.
    private final int[] a = new int[INTS];
    private final int[] b = new int[INTS];
    private final int[] c = new int[INTS];
    private final int[] d = new int[INTS];
    private final int[] product = new int[2 * INTS];

    void twice() {
        if (infinity) {
            return; // no point of P-256 has y = 0, so nothing else becomes infinity here
        }
        square(z, a); // delta
        square(y, b); // gamma
        multiply(y, z, z);
        SecP256R1Field.twice(z, z); // Z' = 2 Y Z
        multiply(x, b, c);
        fourTimes(c); // 4 beta = 4 X gamma
        SecP256R1Field.subtract(x, a, d);
        SecP256R1Field.add(x, a, a);
        multiply(a, d, a);
        SecP256R1Field.twice(a, d);
        SecP256R1Field.add(a, d, a); // alpha = 3 (X - delta) (X + delta)
        square(a, x);
        SecP256R1Field.subtract(x, c, x);
        SecP256R1Field.subtract(x, c, x); // X' = alpha^2 - 8 beta
        SecP256R1Field.subtract(c, x, c);
        multiply(a, c, y);
        SecP256R1Field.twice(b, b);
        square(b, b);
        SecP256R1Field.twice(b, b);
        SecP256R1Field.subtract(y, b, y); // Y' = alpha (4 beta - X') - 8 gamma^2
    }

    /// Adds a point that is not infinity, in affine coordinates.
    void add(int[] px, int[] py) {
        if (infinity) {
            start(px, py);
            return;
        }
        square(z, a);
        multiply(z, a, b);
        multiply(px, a, a);
        multiply(py, b, b);
        SecP256R1Field.subtract(a, x, a); // H = x Z^2 - X
        SecP256R1Field.subtract(b, y, b); // R = y Z^3 - Y
        if (Nat256.isZero(a)) {
            meet();
            return;
        }
        multiply(z, a, z); // Z' = Z H
        square(a, c);
        multiply(a, c, a); // H^3
        multiply(x, c, c); // V = X H^2
        square(b, x);
        SecP256R1Field.subtract(x, a, x);
        SecP256R1Field.subtract(x, c, x);
        SecP256R1Field.subtract(x, c, x); // X' = R^2 - H^3 - 2 V
        SecP256R1Field.subtract(c, x, c);
        multiply(b, c, c);
        multiply(y, a, a);
        SecP256R1Field.subtract(c, a, y); // Y' = R (V - X') - Y H^3
    }

    /// Both points have the same x: they are equal, or their sum is infinity.
    private void meet() {
        if (Nat256.isZero(b)) {
            twice();
        } else {
            infinity = true;
        }
    }

    private void start(int[] px, int[] py) {
        System.arraycopy(px, 0, x, 0, INTS);
        System.arraycopy(py, 0, y, 0, INTS);
        Nat256.zero(z);
        z[0] = 1;
        infinity = false;
    }

    /// Whether x mod n is this number, which lies in [1, n - 1]. As n < p < 2 n, x is the number
    /// itself or, where that is still below p, n more.
    boolean hasXModuloOrder(BigInteger number) {
        BigInteger more = number.add(P256Domain.ORDER);
        return hasX(number) || (more.compareTo(P256Domain.FIELD) < 0 && hasX(more));
    }

    private boolean hasX(BigInteger number) {
        if (infinity) {
            return false;
        }
        square(z, a);
        multiply(Nat256.fromBigInteger(number), a, a);
        return Nat256.eq(a, x);
    }

    private void multiply(int[] left, int[] right, int[] into) {
        SecP256R1Field.multiply(left, right, into, product);
    }

    private void square(int[] of, int[] into) {
        SecP256R1Field.square(of, into, product);
    }

    private static void fourTimes(int[] number) {
        SecP256R1Field.twice(number, number);
        SecP256R1Field.twice(number, number);
    }
}
