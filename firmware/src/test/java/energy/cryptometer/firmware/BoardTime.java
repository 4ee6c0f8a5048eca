package energy.cryptometer.firmware;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.timing.TimeSource;
import java.time.Instant;

/// The time of a board's clock: a test that moves the clock moves both.
public record BoardTime(BoardClock clock) implements TimeSource {
    @Override
    public Instant instant() {
        return clock.read().wall();
    }

    @Override
    public long nanoTime() {
        return clock.read().bootNanos();
    }
}
