package energy.cryptometer.hal.meter.polling;

import energy.cryptometer.hal.meter.model.RegisterDecoder;
import java.math.BigInteger;
import java.time.Duration;

/// What bounds the pulses of one meter: how many make a kilowatt-hour (1 to 10^6, so that a pulse
/// is at least a milliwatt-hour) and the largest power in watts that can flow through it (1 to
/// 10^9).
public record MeterRating(int pulsesPerKilowattHour, long watts) {
    static final int MILLIWATT_HOURS_PER_KILOWATT_HOUR = 1_000_000;

    /// A meter brings its register up to date at its own pace; none that is known takes longer.
    public static final Duration REGISTER_REFRESH = Duration.ofSeconds(10);

    private static final long MOST_WATTS = 1_000_000_000L;

    /// W x ms / 3600 = mWh; 3000 instead of 3600 is the margin of a fifth.
    private static final BigInteger WATT_MILLIS_PER_MILLIWATT_HOUR_WITH_MARGIN =
            BigInteger.valueOf(3_000);

    public MeterRating {
        if (pulsesPerKilowattHour < 1
                || pulsesPerKilowattHour > MILLIWATT_HOURS_PER_KILOWATT_HOUR) {
            throw new IllegalArgumentException(
                    "pulse constant "
                            + pulsesPerKilowattHour
                            + " imp/kWh is outside 1 to "
                            + MILLIWATT_HOURS_PER_KILOWATT_HOUR);
        }
        if (watts < 1 || watts > MOST_WATTS) {
            throw new IllegalArgumentException(
                    "rated power " + watts + " W is outside 1 to " + MOST_WATTS + " W");
        }
    }

    /// What one pulse is worth in milliwatt-hours, rounded up.
    public long quantum() {
        return Math.ceilDiv(MILLIWATT_HOURS_PER_KILOWATT_HOUR, pulsesPerKilowattHour);
    }

    /// How many whole pulses a register of `milliwattHours` is: floor(register x c / 10^6), exact
    /// for every register the decoder lets through.
    public long pulsesAt(long milliwattHours) {
        long kilowattHours = milliwattHours / MILLIWATT_HOURS_PER_KILOWATT_HOUR;
        long rest = milliwattHours % MILLIWATT_HOURS_PER_KILOWATT_HOUR;
        return kilowattHours * pulsesPerKilowattHour
                + rest * pulsesPerKilowattHour / MILLIWATT_HOURS_PER_KILOWATT_HOUR;
    }

    /// The smallest register that is `pulses` whole pulses: the inverse of [#pulsesAt].
    public long registerAt(long pulses) {
        long kilowattHours = pulses / pulsesPerKilowattHour;
        long rest = pulses % pulsesPerKilowattHour;
        return kilowattHours * MILLIWATT_HOURS_PER_KILOWATT_HOUR
                + Math.ceilDiv(rest * MILLIWATT_HOURS_PER_KILOWATT_HOUR, pulsesPerKilowattHour);
    }

    /// The most a register may grow in `elapsed`: rated power x (elapsed + [#REGISTER_REFRESH]) x
    /// 1.2 + one pulse + one step of the register, in milliwatt-hours.
    public long believableGrowth(Duration elapsed, long resolution) {
        BigInteger millis = BigInteger.valueOf(elapsed.plus(REGISTER_REFRESH).toMillis());
        BigInteger energy =
                millis.multiply(BigInteger.valueOf(watts))
                        .divide(WATT_MILLIS_PER_MILLIWATT_HOUR_WITH_MARGIN)
                        .add(BigInteger.valueOf(quantum() + resolution + 1));
        return energy.min(BigInteger.valueOf(RegisterDecoder.LARGEST_REGISTER)).longValueExact();
    }

    /// The largest fall of a register that a power failure of the meter explains: what flows in an
    /// hour.
    public long explainableFall() {
        return watts * 1_000;
    }
}
