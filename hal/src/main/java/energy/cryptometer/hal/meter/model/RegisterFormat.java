package energy.cryptometer.hal.meter.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/// How the words of an energy register are to be read. `milliwattHoursPerUnit` is what 1 in the
/// register means, 1 to 10^9; `leastStepMilliwattHours` the finest step the meter makes, which for
/// a float32 may be coarser than the number could show. `notAvailable` and `overflow` are bit
/// patterns (the low 32 or all 64 bits) that the meter shows instead of a value.
public record RegisterFormat(
        DataType type,
        WordOrder wordOrder,
        long milliwattHoursPerUnit,
        long leastStepMilliwattHours,
        OptionalLong notAvailable,
        OptionalLong overflow) {
    static final long LARGEST_SCALE = 1_000_000_000L;

    public RegisterFormat {
        if (milliwattHoursPerUnit < 1 || milliwattHoursPerUnit > LARGEST_SCALE) {
            throw new IllegalArgumentException(
                    "scale "
                            + milliwattHoursPerUnit
                            + " mWh is outside 1 to "
                            + LARGEST_SCALE
                            + " mWh");
        }
        if (leastStepMilliwattHours < 1 || leastStepMilliwattHours > LARGEST_SCALE) {
            throw new IllegalArgumentException(
                    "least step "
                            + leastStepMilliwattHours
                            + " mWh is outside 1 to "
                            + LARGEST_SCALE
                            + " mWh");
        }
    }

    /// The smallest step this register can show when it stands at `milliwattHours`, rounded up, at
    /// least 1 mWh. A float32 register gets coarser as it grows: about 1 Wh at 10 000 kWh, 8 Wh at
    /// 100 000 kWh.
    public long resolutionMilliwattHours(long milliwattHours) {
        if (type != DataType.FLOAT32) {
            return leastStepMilliwattHours;
        }
        BigDecimal scale = BigDecimal.valueOf(milliwattHoursPerUnit);
        float shown =
                BigDecimal.valueOf(milliwattHours)
                        .divide(scale, 20, RoundingMode.DOWN)
                        .floatValue();
        BigDecimal step = new BigDecimal(Math.ulp(shown)).multiply(scale);
        return Math.max(
                leastStepMilliwattHours, step.setScale(0, RoundingMode.CEILING).longValueExact());
    }
}
