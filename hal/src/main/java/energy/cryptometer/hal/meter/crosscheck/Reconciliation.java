package energy.cryptometer.hal.meter.crosscheck;

import energy.cryptometer.hal.meter.polling.MeterRating;
import energy.cryptometer.hal.meter.polling.RegisterReading;
import energy.cryptometer.hal.pulse.SourceState.ReferenceMark;
import java.math.BigInteger;
import java.time.Duration;

/// Pulses counted against the register of the same meter. Pure.
///
/// Since a mark, n - n0 pulses were counted and the register grew by r - r0. The two may differ by
/// the meter's maximum permissible error (`errorPerMille` of the larger of both), one pulse, one
/// step of the register, and what flows at rated power between the two readings, the register's own
/// refresh included. More is drift: pulses were lost or doubled, or another meter was read.
record Reconciliation(MeterRating rating, int errorPerMille) {
    private static final int MOST_PER_MILLE = 1_000;

    /// W x ms / 3600 = mWh.
    private static final BigInteger WATT_MILLIS_PER_MILLIWATT_HOUR = BigInteger.valueOf(3_600);

    Reconciliation {
        if (errorPerMille < 1 || errorPerMille > MOST_PER_MILLE) {
            throw new IllegalArgumentException(
                    "maximum permissible error "
                            + errorPerMille
                            + " per mille is outside 1 to "
                            + MOST_PER_MILLE);
        }
    }

    /// What a comparison gave, all in milliwatt-hours since the mark.
    record Comparison(long counted, long grown, long tolerance) {
        boolean beyond() {
            return apart() > tolerance;
        }

        /// Well back within: a difference that hovers about the tolerance is not told again and
        /// again.
        boolean within() {
            return apart() <= tolerance / 4 * 3;
        }

        private long apart() {
            return Math.abs(grown - counted);
        }
    }

    /// Compares.
    ///
    /// @param count pulses now, at least those of the mark
    /// @param reading the register, not below that of the mark
    /// @param apart how long before or after `count` the register was read
    Comparison compare(ReferenceMark mark, long count, RegisterReading reading, Duration apart) {
        long counted = rating.registerAt(count) - rating.registerAt(mark.count());
        long grown = reading.milliwattHours() - mark.register();
        long error =
                BigInteger.valueOf(Math.max(counted, grown))
                        .multiply(BigInteger.valueOf(errorPerMille))
                        .divide(BigInteger.valueOf(MOST_PER_MILLE))
                        .longValueExact();
        long tolerance = error + rating.quantum() + reading.resolution() + flowing(apart.abs()) + 1;
        return new Comparison(counted, grown, tolerance);
    }

    private long flowing(Duration apart) {
        return BigInteger.valueOf(rating.watts())
                .multiply(BigInteger.valueOf(apart.plus(MeterRating.REGISTER_REFRESH).toMillis()))
                .divide(WATT_MILLIS_PER_MILLIWATT_HOUR)
                .longValueExact();
    }
}
