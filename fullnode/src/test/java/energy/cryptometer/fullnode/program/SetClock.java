package energy.cryptometer.fullnode.program;

import energy.cryptometer.timing.TimeSource;
import java.time.Duration;
import java.time.Instant;

/// A clock that a test sets.
final class SetClock implements TimeSource {
    private volatile Instant now;

    SetClock(Instant now) {
        this.now = now;
    }

    void set(Instant instant) {
        now = instant;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public long nanoTime() {
        return 0;
    }
}
