package energy.cryptometer.firmware.confirm;

import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.timing.TimeSource;
import java.time.Duration;
import java.time.Instant;

/// When the journal forgets: once an hour it deletes what is proven to stand in an approved block
/// and is older than the operator wants to keep it. Nothing else is ever deleted.
public final class Pruning {
    private static final Duration EVERY = Duration.ofHours(1);

    private final Journal journal;
    private final Duration keep;
    private final TimeSource time;
    private long lastNanos;

    /// @param keep how long proven transactions stay in the journal
    public Pruning(Journal journal, Duration keep, TimeSource time) {
        this.journal = journal;
        this.keep = keep;
        this.time = time;
        this.lastNanos = time.nanoTime();
    }

    /// Prunes, at most once an hour.
    ///
    /// @param now by the clock that dates pulses
    void whenDue(Instant now) {
        if (time.since(lastNanos).compareTo(EVERY) < 0) {
            return;
        }
        lastNanos = time.nanoTime();
        long _ = journal.prune(now.minus(keep));
    }
}
