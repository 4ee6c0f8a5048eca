package energy.cryptometer.firmware.program;

import energy.cryptometer.firmware.sign.Bundling;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/// A cloudless day of a generator, minute by minute: half a sine over ten hours with the rated
/// power at noon, and nothing until the next sunrise.
///
/// The sine is Bhaskara's fraction sin(pi x) = 16 x (1 - x) / (5 - 4 x (1 - x)), at most 0.0017 off
/// and exact in integers. Pulses are kept in millionths.
///
/// @param ratedPowerWatts 1 W to 100 MW
public record SunnyDay(PulseConstant constant, int ratedPowerWatts) {
    /// Sunshine of the day.
    public static final Duration SUNSHINE = Duration.ofHours(10);

    private static final int SUNNY_MINUTES = (int) SUNSHINE.toMinutes();
    private static final int MINUTES = (int) Duration.ofDays(1).toMinutes();
    private static final long PULSE = 1_000_000;

    /// What becomes of the queue.
    ///
    /// @param pulses of the whole day
    /// @param largestBacklog pulses that waited at the worst minute
    /// @param left pulses that still wait at the next sunrise
    /// @param drained from sunrise until the last pulse of the backlog was signed: zero where none
    ///   ever waited for the end of its minute, empty where some still wait at the next sunrise
    public record Outcome(
            long pulses, long largestBacklog, long left, Optional<Duration> drained) {}

    /// Pulses in one minute of sunshine, in millionths, rounded down.
    ///
    /// @param minute 0 to 599, from sunrise; its middle counts
    long microPulsesIn(int minute) {
        long x = 2L * minute + 1;
        long whole = 2L * SUNNY_MINUTES;
        long product = x * (whole - x);
        return BigInteger.valueOf((long) ratedPowerWatts * constant.pulsesPerKilowattHour())
                .multiply(BigInteger.valueOf(PULSE))
                .multiply(BigInteger.valueOf(16 * product))
                .divide(BigInteger.valueOf(60_000L * (5 * whole * whole - 4 * product)))
                .longValueExact();
    }

    /// The day with this token.
    ///
    /// @param maxPulses most pulses in one transaction under backlog, at least 1
    public Outcome with(TokenPace pace, int maxPulses) {
        BigInteger signatures = pace.microSignaturesIn(Duration.ofMinutes(1));
        long pulses = 0;
        long backlog = 0;
        long largest = 0;
        int drained = 0;
        for (int minute = 0; minute < MINUTES; minute++) {
            long arriving = minute < SUNNY_MINUTES ? microPulsesIn(minute) : 0;
            pulses += arriving;
            backlog += arriving;
            int each = Bundling.pulsesEach(maxPulses, backlog / PULSE);
            BigInteger signed =
                    signatures.multiply(BigInteger.valueOf(each)).min(BigInteger.valueOf(backlog));
            backlog -= signed.longValueExact();
            largest = Math.max(largest, backlog);
            if (backlog >= PULSE) {
                drained = minute + 2;
            }
        }
        boolean done = drained <= MINUTES;
        return new Outcome(
                pulses / PULSE,
                largest / PULSE,
                backlog / PULSE,
                done ? Optional.of(Duration.ofMinutes(drained)) : Optional.empty());
    }
}
