package energy.cryptometer.hal.pulse;

import java.time.Duration;

/// How long something takes, in buckets that each span an eighth of an octave of microseconds: a
/// quantile is at most 12.5 % too large, never too small. Safe for several threads.
public final class DurationHistogram {
    private static final int EIGHTHS_BITS = 3;
    private static final int EIGHTHS = 1 << EIGHTHS_BITS;
    private static final int BUCKETS = (Long.SIZE - EIGHTHS_BITS) * EIGHTHS;
    private static final int PER_MILLE = 1000;

    private final long[] counts = new long[BUCKETS];
    private long all;
    private long mostMicros;

    /// One more; a negative duration counts as none.
    public synchronized void add(Duration duration) {
        long micros = Math.max(0, duration.toNanos() / 1_000);
        counts[bucket(micros)]++;
        all++;
        mostMicros = Math.max(mostMicros, micros);
    }

    /// How many were added.
    public synchronized long count() {
        return all;
    }

    /// The longest, in microseconds.
    public synchronized long maxMicros() {
        return mostMicros;
    }

    /// So many microseconds or fewer took at least `perMille` of 1000; 0 when nothing was added.
    ///
    /// @param perMille 1 to 1000
    public synchronized long quantileMicros(int perMille) {
        if (perMille < 1 || perMille > PER_MILLE) {
            throw new IllegalArgumentException(perMille + " per mille is outside 1 to 1000");
        }
        long wanted = Math.ceilDiv(Math.multiplyExact(all, perMille), PER_MILLE);
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted && seen > 0) {
                return Math.min(largest(bucket), mostMicros);
            }
        }
        return 0;
    }

    /// The first 16 values have a bucket each; above, the three bits below the highest one choose.
    private static int bucket(long micros) {
        if (micros < EIGHTHS) {
            return (int) micros;
        }
        int shift = Long.SIZE - 1 - EIGHTHS_BITS - Long.numberOfLeadingZeros(micros);
        return (shift + 1) * EIGHTHS + (int) (micros >> shift) - EIGHTHS;
    }

    private static long largest(int bucket) {
        if (bucket < EIGHTHS) {
            return bucket;
        }
        int shift = bucket / EIGHTHS - 1;
        return ((long) (EIGHTHS + bucket % EIGHTHS + 1) << shift) - 1;
    }
}
