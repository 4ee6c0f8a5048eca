package energy.cryptometer.fullnode;

import energy.cryptometer.fullnode.log.NodeLog;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.ClockQuality;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The wall clock, unless it leaps ahead while nobody disciplines it. A block that is sealed too
/// early cannot be taken back: every pulse of its step that comes later has to wait for a later
/// block. So a leap ahead of the machine's own running time counts only once the kernel says that
/// the clock is synchronised; until then this clock runs on at its own pace. A leap back is
/// followed at once: it only makes blocks late.
///
/// A program that is started with a wrong clock cannot know it.
final class GuardedClock implements InstantSource {
    /// A correction that no step is sealed too early by.
    static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final BoardClock board;
    private final NodeLog log;
    private BoardClock.Reading anchor;
    private boolean holding;

    GuardedClock(BoardClock board, NodeLog log) {
        this.board = board;
        this.log = log;
        this.anchor = board.read();
    }

    @Override
    public synchronized Instant instant() {
        BoardClock.Reading now = board.read();
        Instant expected = anchor.wall().plusNanos(now.bootNanos() - anchor.bootNanos());
        Duration leap = Duration.between(expected, now.wall());
        if (leap.compareTo(TOLERANCE) > 0 && now.quality() != ClockQuality.SYNCHRONISED) {
            if (!holding) {
                log.line(
                        "clock leapt ahead by %d s and is not synchronised: keeping %s until it is; check the time source"
                                .formatted(leap.toSeconds(), expected));
            }
            holding = true;
            return expected;
        }
        if (holding) {
            log.line("clock followed again at %s".formatted(now.wall()));
        }
        holding = false;
        anchor = now;
        return now.wall();
    }
}
