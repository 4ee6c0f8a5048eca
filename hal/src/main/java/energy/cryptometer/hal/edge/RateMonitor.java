package energy.cryptometer.hal.edge;

import java.time.Duration;
import java.util.Optional;

/// Notices pulses that come faster than their meter can give them. It looks at [#INTERVALS]
/// intervals in a row, because meters bunch pulses and contacts bounce. An excess is told once; the
/// next one only after so many intervals took a tenth longer than the limit, or after a restart.
///
/// Belongs to one thread.
public final class RateMonitor {
    /// So many intervals are looked at together.
    public static final int INTERVALS = 16;

    /// The fastest S0 output closes for 30 ms and opens for 30 ms (IEC 62053-31): 16.7 in a second.
    public static final Duration S0_INTERVAL = Duration.ofMillis(60);

    /// Bounce moves the first edge of a pulse by this much at most.
    private static final Duration BOUNCE = Duration.ofMillis(5);

    private final long leastNanos;
    private final String limit;
    private final long[] times = new long[INTERVALS];
    private long pulses;
    private boolean exceeded;

    /// A watch over pulses that come no faster than one in `interval`.
    ///
    /// @param limit what allows no more, for a person
    public RateMonitor(Duration interval, String limit) {
        this.leastNanos = interval.multipliedBy(INTERVALS).minus(BOUNCE).toNanos();
        this.limit = limit;
    }

    /// That an S0 output cannot give pulses so fast.
    public static RateMonitor ofS0() {
        return new RateMonitor(S0_INTERVAL, "an S0 output gives at most 16.7 in a second");
    }

    /// That a meter at its rated power does not give pulses so fast; a fifth is added as a margin.
    ///
    /// @param pulsesPerHour at rated power, at least 1
    public static RateMonitor ofRatedPower(long pulsesPerHour) {
        if (pulsesPerHour < 1) {
            throw new IllegalArgumentException(
                    "rated power of " + pulsesPerHour + " pulses an hour is below 1");
        }
        Duration interval =
                Duration.ofHours(1).multipliedBy(5).dividedBy(6).dividedBy(pulsesPerHour);
        return new RateMonitor(
                interval,
                "the rated power of the meter gives at most " + pulsesPerHour + " in an hour");
    }

    /// A pulse came at `nanos`.
    public Optional<Excess> pulse(long nanos) {
        int slot = (int) (pulses % INTERVALS);
        long within = nanos - times[slot];
        boolean full = pulses >= INTERVALS;
        times[slot] = nanos;
        pulses++;
        if (!full) {
            return Optional.empty();
        }
        if (exceeded) {
            exceeded = within < leastNanos + leastNanos / 10;
            return Optional.empty();
        }
        exceeded = within < leastNanos;
        return exceeded
                ? Optional.of(new Excess(INTERVALS + 1, Duration.ofNanos(within), limit))
                : Optional.empty();
    }

    /// `pulses` pulses, the first and the last `within` of each other; `limit` says what is
    /// allowed.
    public record Excess(int pulses, Duration within, String limit) {}
}
