package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.edge.WidthHistogram;
import energy.cryptometer.hal.pulse.DurationHistogram;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// What one input counted since the program started. Safe for several threads.
final class InputCounters {
    private static final int MEDIAN = 500;
    private static final int P99 = 990;

    final AtomicLong edges = new AtomicLong();
    final AtomicLong edgesLost = new AtomicLong();
    final AtomicLong pulses = new AtomicLong();
    final AtomicLong rateExceeded = new AtomicLong();
    final WidthHistogram widths = new WidthHistogram();

    /// From the moment a pulse was decided (kernel time of the edge that ended it, or the moment at
    /// which its contact had been closed for the minimum width, whichever came first; never before
    /// its first edge) to the moment its batch was acknowledged as durable. Pulses that were
    /// decided before the program started are left out: they waited for the program.
    final DurationHistogram toDurable = new DurationHistogram();

    Map<String, Long> byName() {
        Map<String, Long> counters = new TreeMap<>();
        counters.put("edges", edges.get());
        counters.put("edgesLost", edgesLost.get());
        counters.put("pulses", pulses.get());
        counters.put("pulsesTooShort", widths.tooShort());
        counters.put("rateExceeded", rateExceeded.get());
        counters.put("captureToDurableMicrosP50", toDurable.quantileMicros(MEDIAN));
        counters.put("captureToDurableMicrosP99", toDurable.quantileMicros(P99));
        counters.put("captureToDurableMicrosMax", toDurable.maxMicros());
        widths.putInto(counters);
        return counters;
    }
}
