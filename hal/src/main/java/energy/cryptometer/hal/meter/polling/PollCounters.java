package energy.cryptometer.hal.meter.polling;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What happened on the line since the program started. A cable is judged by these numbers: on a
/// good one fewer than one request in ten thousand fails.
public final class PollCounters {
    /// Everything that is counted; the names are what metrics show, in lower case.
    public enum Counted {
        REQUESTS,
        ANSWERS,
        TIMEOUTS,
        BAD_FRAMES,
        CRC_ERRORS,
        EXCEPTIONS,
        PORT_FAULTS,
        NOT_AVAILABLE,
        REFUSED_VALUES,
        FAILED_POLLS,
        SUSPECT_READINGS
    }

    private final Map<Counted, Long> counts = new EnumMap<>(Counted.class);

    public void count(Counted what) {
        counts.merge(what, 1L, Long::sum);
    }

    /// All counters by name, zeros included, and the echoes of the line.
    public Map<String, Long> byName(long echoes) {
        Map<String, Long> named = new HashMap<>();
        named.put("echoes", echoes);
        for (Counted counted : Counted.values()) {
            named.put(counted.name().toLowerCase(Locale.ROOT), counts.getOrDefault(counted, 0L));
        }
        return named;
    }
}
