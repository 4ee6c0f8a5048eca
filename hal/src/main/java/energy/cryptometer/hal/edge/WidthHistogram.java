package energy.cryptometer.hal.edge;

import java.util.Map;

/// How long the contact was closed in each run of edges, for diagnosis: a meter whose pulses crowd
/// near the minimum width, or noise that does, wants looking at. Safe for several threads.
public final class WidthHistogram {
    private static final int[] BOUNDS_MILLIS = {
        1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200, 300, 500, 1000
    };
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long[] accepted = new long[BOUNDS_MILLIS.length + 1];
    private final long[] rejected = new long[BOUNDS_MILLIS.length + 1];

    /// One run is over.
    public synchronized void add(FilterOutcome.Ended run) {
        int bucket = 0;
        while (bucket < BOUNDS_MILLIS.length
                && run.activeNanos() > BOUNDS_MILLIS[bucket] * NANOS_PER_MILLI) {
            bucket++;
        }
        (run.accepted() ? accepted : rejected)[bucket]++;
    }

    /// Runs that were no pulses.
    public synchronized long tooShort() {
        long sum = 0;
        for (long count : rejected) {
            sum += count;
        }
        return sum;
    }

    /// Puts `width_ms_le_25`, the pulses closed for at most 25 ms, and so on up to
    /// `width_ms_le_inf`, all of them; and the same of what was rejected, as
    /// `rejected_width_ms_le_25`.
    public synchronized void putInto(Map<String, Long> counters) {
        put("width_ms_le_", accepted, counters);
        put("rejected_width_ms_le_", rejected, counters);
    }

    private static void put(String name, long[] counts, Map<String, Long> counters) {
        long sum = 0;
        for (int i = 0; i < BOUNDS_MILLIS.length; i++) {
            sum += counts[i];
            counters.put(name + BOUNDS_MILLIS[i], sum);
        }
        counters.put(name + "inf", sum + counts[BOUNDS_MILLIS.length]);
    }
}
