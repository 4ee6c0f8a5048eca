package energy.cryptometer.hal.clock;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// A board clock whose wall time does not follow every step: it does so only when the kernel says
/// that a time service disciplines the clock, or when nobody had set the clock before. Until then
/// wall time runs on with boot time, from the last reading that was believed.
///
/// So a clock that is set wrong by an hour or a year, by hand or by a dead battery, changes no
/// market step; and one that the network sets right is followed. Every step is kept for
/// [#takeStep], whether it was followed or not. Safe for several threads.
///
/// A program that starts with a wrong clock cannot know it, unless it is given a reading of the
/// same boot that an earlier one believed.
public final class SteadyClock implements BoardClock {
    /// Up to here a difference is a correction, not a step.
    public static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final int MOST_STEPS = 16;

    /// Whose steps back are followed at once.
    public enum StepsBack {
        /// Like steps ahead: for what must not be signed with a wrong time.
        HELD,
        /// At once: for what must not be done too early and may be done late.
        FOLLOWED
    }

    /// Wall time and boot time went apart.
    ///
    /// @param by how far wall time moved; negative if it was set back
    /// @param followed whether this clock went along
    /// @param at this clock's time after it
    public record Step(Duration by, boolean followed, Reading at) {}

    private final BoardClock board;
    private final StepsBack stepsBack;
    private final Deque<Step> steps = new ArrayDeque<>();
    private Reading believed;
    private Duration held = Duration.ZERO;

    private SteadyClock(BoardClock board, StepsBack stepsBack, Reading believed) {
        this.board = board;
        this.stepsBack = stepsBack;
        this.believed = believed;
    }

    /// A clock that believes the board's present time.
    public static SteadyClock of(BoardClock board, StepsBack stepsBack) {
        return new SteadyClock(board, stepsBack, board.read());
    }

    /// A clock that goes on from what an earlier program believed, if that was in this boot.
    public static SteadyClock goingOn(
            BoardClock board, StepsBack stepsBack, Optional<Reading> earlier) {
        Reading now = board.read();
        return new SteadyClock(
                board,
                stepsBack,
                earlier.filter(reading ->
                                reading.bootId().equals(now.bootId())
                                        && reading.bootNanos() <= now.bootNanos())
                        .orElse(now));
    }

    @Override
    public synchronized Reading read() {
        Reading now = board.read();
        Reading expected = ranOn(now);
        Duration step = Duration.between(expected.wall(), now.wall());
        boolean small = step.abs().compareTo(TOLERANCE) <= 0;
        if (small || isFollowed(step, now)) {
            if (!small || !held.isZero()) {
                remember(new Step(step, true, now));
            }
            held = Duration.ZERO;
            believed = now;
            return now;
        }
        if (step.minus(held).abs().compareTo(TOLERANCE) > 0) {
            held = step;
            remember(new Step(step, false, expected));
        }
        return expected;
    }

    private boolean isFollowed(Duration step, Reading now) {
        return now.quality() == ClockQuality.SYNCHRONISED
                || believed.quality() == ClockQuality.UNKNOWN
                || (step.isNegative() && stepsBack == StepsBack.FOLLOWED);
    }

    private Reading ranOn(Reading now) {
        return new Reading(
                now.bootNanos(),
                now.bootId(),
                believed.wall().plusNanos(now.bootNanos() - believed.bootNanos()),
                believed.quality() == ClockQuality.UNKNOWN
                        ? ClockQuality.UNKNOWN
                        : ClockQuality.INFORMATIVE);
    }

    private void remember(Step step) {
        if (steps.size() == MOST_STEPS) {
            steps.removeFirst();
        }
        steps.addLast(step);
    }

    /// How far the board's clock is from this one now; zero unless a step is held back.
    public synchronized Duration heldBack() {
        return held;
    }

    /// The oldest step that was not taken yet; the last 16 are kept.
    public synchronized Optional<Step> takeStep() {
        return Optional.ofNullable(steps.pollFirst());
    }
}
