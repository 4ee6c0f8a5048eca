package energy.cryptometer.hal.clock;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// A clock that stands still until told otherwise: the clock of the simulated board. Safe for
/// several threads.
public final class SimulatedClock implements BoardClock {
    private Reading now;

    private SimulatedClock(Reading now) {
        this.now = now;
    }

    /// A board that booted just now, with a synchronised clock. The boot id is derived from the
    /// time, so that a test run repeats itself.
    public static SimulatedClock startingAt(Instant wall) {
        return new SimulatedClock(
                new Reading(0, bootIdAfter(wall.toString()), wall, ClockQuality.SYNCHRONISED));
    }

    @Override
    public synchronized Reading read() {
        return now;
    }

    /// Time passes: boot time and wall time move together. Refuses a negative duration.
    public synchronized void advance(Duration elapsed) {
        if (elapsed.isNegative()) {
            throw new IllegalArgumentException(
                    "time does not run backwards: " + elapsed + "; use stepWall for a clock step");
        }
        now =
                new Reading(
                        now.bootNanos() + elapsed.toNanos(),
                        now.bootId(),
                        now.wall().plus(elapsed),
                        now.quality());
    }

    /// Somebody sets the clock: only wall time moves, forwards or backwards.
    public synchronized void stepWall(Duration step) {
        now = new Reading(now.bootNanos(), now.bootId(), now.wall().plus(step), now.quality());
    }

    /// The time service starts or stops to discipline the clock.
    public synchronized void becomes(ClockQuality quality) {
        now = new Reading(now.bootNanos(), now.bootId(), now.wall(), quality);
    }

    /// Power comes back after `outage`: boot time starts at zero under another boot id.
    public synchronized void reboot(Duration outage) {
        now =
                new Reading(
                        0,
                        bootIdAfter(now.bootId() + "/" + now.bootNanos()),
                        now.wall().plus(outage),
                        now.quality());
    }

    private static UUID bootIdAfter(String past) {
        return UUID.nameUUIDFromBytes(past.getBytes(StandardCharsets.UTF_8));
    }
}
