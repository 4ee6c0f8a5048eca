package energy.cryptometer.firmware;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.ClockQuality;
import energy.cryptometer.timing.VirtualTime;
import java.util.UUID;

/// A synchronised board clock under virtual time.
public record VirtualClock(VirtualTime time) implements BoardClock {
    private static final UUID BOOT = new UUID(0, 1);

    @Override
    public Reading read() {
        return new Reading(time.nanoTime(), BOOT, time.instant(), ClockQuality.SYNCHRONISED);
    }
}
