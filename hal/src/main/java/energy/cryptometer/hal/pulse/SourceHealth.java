package energy.cryptometer.hal.pulse;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// How a source is, for a person and for metrics. `line` is one sentence that says what to do where
/// it is not well; `counters` are cumulative since the source was opened, by name, in the order of
/// the name.
public record SourceHealth(Condition condition, String line, Map<String, Long> counters) {
    /// From best to worst.
    public enum Condition {
        /// Counts, nothing to do.
        GOOD,
        /// Counts, but somebody should look at it.
        DOUBTFUL,
        /// Does not count.
        LOST
    }

    public SourceHealth {
        if (line.lines().count() != 1) {
            throw new IllegalArgumentException("health is one line, not: " + line);
        }
        counters = Collections.unmodifiableMap(new TreeMap<>(counters));
    }
}
