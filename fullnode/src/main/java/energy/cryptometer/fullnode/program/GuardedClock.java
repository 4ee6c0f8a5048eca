package energy.cryptometer.fullnode.program;

import energy.cryptometer.fullnode.log.NodeLog;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.SteadyClock;
import energy.cryptometer.timing.TimeSource;
import java.time.Instant;

/// The wall clock, unless it leaps ahead while nobody disciplines it. A block that is sealed too
/// early cannot be taken back: every pulse of its step that comes later has to wait for a later
/// block. A leap back is followed at once: it only makes blocks late. Each step is one log line.
final class GuardedClock implements TimeSource {
    private final SteadyClock clock;
    private final NodeLog log;

    GuardedClock(BoardClock board, NodeLog log) {
        this.clock = SteadyClock.of(board, SteadyClock.StepsBack.FOLLOWED);
        this.log = log;
    }

    @Override
    public Instant instant() {
        Instant now = clock.read().wall();
        clock.takeStep().ifPresent(step -> log.line(words(step)));
        return now;
    }

    /// Boot time: it goes on while the date is held or set.
    @Override
    public long nanoTime() {
        return clock.read().bootNanos();
    }

    private static String words(SteadyClock.Step step) {
        return step.followed()
                ? "clock followed: set by %d s, it is %s now"
                        .formatted(step.by().toSeconds(), step.at().wall())
                : "clock leapt ahead by %d s and is not synchronised: keeping %s until it is; check the time source"
                        .formatted(step.by().toSeconds(), step.at().wall());
    }
}
