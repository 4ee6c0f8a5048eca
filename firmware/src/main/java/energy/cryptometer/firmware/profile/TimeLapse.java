package energy.cryptometer.firmware.profile;

import java.math.BigDecimal;
import java.math.BigInteger;

/// How many times faster than it was measured a profile is replayed: 60 makes an hour of a minute.
///
/// @param factor 0.001 to 1,000,000 with at most 9 decimals
public record TimeLapse(BigDecimal factor) {
    /// Smallest factor.
    public static final BigDecimal LEAST = new BigDecimal("0.001");

    /// Largest factor.
    public static final BigDecimal MOST = new BigDecimal("1000000");

    private static final int MOST_DECIMALS = 9;

    /// As fast as it was measured.
    public static final TimeLapse NONE = new TimeLapse(BigDecimal.ONE);

    public TimeLapse {
        if (factor.compareTo(LEAST) < 0 || factor.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "time lapse %s is outside %s to %s"
                            .formatted(factor.toPlainString(), LEAST, MOST));
        }
        factor = factor.stripTrailingZeros();
        if (factor.scale() > MOST_DECIMALS) {
            throw new IllegalArgumentException(
                    "time lapse %s has more than %d decimals"
                            .formatted(factor.toPlainString(), MOST_DECIMALS));
        }
        factor = factor.setScale(Math.max(0, factor.scale()));
    }

    BigInteger numerator() {
        return factor.unscaledValue();
    }

    BigInteger denominator() {
        return BigInteger.TEN.pow(factor.scale());
    }

    @Override
    public String toString() {
        return factor.toPlainString();
    }
}
