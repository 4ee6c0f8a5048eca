package energy.cryptometer.firmware.sign;

import energy.cryptometer.firmware.journal.Captured;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.ClockQuality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What was captured before the clock was synchronised gets its wall time from boot time, once the
/// clock is: the kernel's boot time does not jump. Until then it waits to be signed, but never
/// longer than the operator allows, and ten minutes where the clock was never set at all; then it
/// is signed with the quality it has. Pure.
final class CaptureTimes {
    /// How long a capture of a clock that nobody had set waits at least.
    static final Duration LEAST_PATIENCE_UNSET = Duration.ofMinutes(10);

    /// Boot time runs as well as the board's crystal, some 50 ppm: 0.2 s in this time.
    static final Duration TRUSTED_SPAN = Duration.ofHours(1);

    private final Duration patience;

    /// @param patience how long a capture waits for the clock to be synchronised, after a boot
    CaptureTimes(Duration patience) {
        this.patience = patience;
    }

    /// The oldest captures that may be signed now, with the times to sign.
    List<Captured> ready(List<Captured> captures, BoardClock.Reading now) {
        List<Captured> ready = new ArrayList<>(captures.size());
        for (Captured capture : captures) {
            BoardClock.Reading at = capture.at();
            boolean mappable =
                    at.quality() != ClockQuality.SYNCHRONISED && at.bootId().equals(now.bootId());
            if (mappable && now.quality() == ClockQuality.SYNCHRONISED) {
                ready.add(capture.at(mapped(at, now)));
            } else if (mappable && isWaiting(at, now)) {
                return ready;
            } else {
                ready.add(capture);
            }
        }
        return ready;
    }

    private boolean isWaiting(BoardClock.Reading at, BoardClock.Reading now) {
        boolean unset = at.quality() == ClockQuality.UNKNOWN;
        Duration allowed =
                unset && patience.compareTo(LEAST_PATIENCE_UNSET) < 0
                        ? LEAST_PATIENCE_UNSET
                        : patience;
        return now.bootNanos() - at.bootNanos() < allowed.toNanos();
    }

    private static BoardClock.Reading mapped(BoardClock.Reading at, BoardClock.Reading now) {
        long ago = now.bootNanos() - at.bootNanos();
        return new BoardClock.Reading(
                at.bootNanos(),
                at.bootId(),
                now.wall().minusNanos(ago),
                ago <= TRUSTED_SPAN.toNanos()
                        ? ClockQuality.SYNCHRONISED
                        : ClockQuality.INFORMATIVE);
    }
}
