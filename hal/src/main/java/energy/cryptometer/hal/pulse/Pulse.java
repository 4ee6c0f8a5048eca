package energy.cryptometer.hal.pulse;

import energy.cryptometer.hal.clock.BoardClock;

/// One pulse of the meter. `count` is cumulative since the source first started, survives restarts,
/// is 1 for the first pulse and grows by exactly 1.
public record Pulse(long count, BoardClock.Reading capturedAt) implements SourceItem {
    public Pulse {
        if (count < 1) {
            throw new IllegalArgumentException("pulse count " + count + " is below 1");
        }
    }
}
