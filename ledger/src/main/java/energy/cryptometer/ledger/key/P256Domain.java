package energy.cryptometer.ledger.key;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;

/// The curve (SP 800-186, secp256r1). Bouncy Castle has it twice; this is the one with arithmetic
/// made for its prime, about nine times faster than the general one.
final class P256Domain {
    static final ECDomainParameters DOMAIN = domain(CustomNamedCurves.getByName("P-256"));

    /// Characteristic of the field, p.
    static final BigInteger FIELD = DOMAIN.getCurve().getField().getCharacteristic();

    /// Order of the group, n.
    static final BigInteger ORDER = DOMAIN.getN();

    /// Greatest s of a low-S signature, floor(n / 2).
    static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

    /// Length of a scalar, in bytes.
    static final int SCALAR_BYTES = 32;

    private P256Domain() {}

    /// Whether the number lies in [1, n - 1].
    static boolean isScalar(BigInteger number) {
        return number.signum() > 0 && number.compareTo(ORDER) < 0;
    }

    private static ECDomainParameters domain(X9ECParameters curve) {
        return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
    }
}
