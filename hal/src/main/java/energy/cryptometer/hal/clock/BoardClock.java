package energy.cryptometer.hal.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// The clock of a board. Order and elapsed time come from boot time, dates come from wall time, and
/// the quality says whether the date may be believed.
public interface BoardClock {
    /// Reads all four values at one moment. Boot time never runs backwards within one boot; wall
    /// time may.
    Reading read();

    /// One moment as the board saw it.
    ///
    /// `bootNanos` is `CLOCK_BOOTTIME`: nanoseconds since this boot, suspend included, never
    /// negative. `bootId` tells boots apart: boot times of different boots must not be compared.
    /// `wall` is UTC in whole milliseconds.
    record Reading(long bootNanos, UUID bootId, Instant wall, ClockQuality quality) {
        public Reading {
            if (bootNanos < 0) {
                throw new IllegalArgumentException(
                        "boot time is negative: " + bootNanos + " ns; read CLOCK_BOOTTIME again");
            }
            wall = wall.truncatedTo(ChronoUnit.MILLIS);
        }

        /// Time from `earlier` to this reading when both were taken in the same boot, else empty.
        public Optional<Duration> sinceInSameBoot(Reading earlier) {
            return bootId.equals(earlier.bootId)
                    ? Optional.of(Duration.ofNanos(bootNanos - earlier.bootNanos))
                    : Optional.empty();
        }
    }
}
