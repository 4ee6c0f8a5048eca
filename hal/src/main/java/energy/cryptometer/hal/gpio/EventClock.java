package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.linux.MonotonicClock;
import java.util.function.LongSupplier;

/// Turns the kernel's edge times into readings of the board's clock.
///
/// The kernel dates edges in CLOCK_MONOTONIC, the board counts in CLOCK_BOOTTIME; the two differ by
/// the time the machine was suspended. This board never suspends, so the difference is nothing; it
/// is measured all the same, and a difference of under a millisecond is taken for what it is, the
/// time between two readings. Edges from before a suspend would be dated too late by its length.
final class EventClock {
    private static final long NEGLIGIBLE_NANOS = 1_000_000;

    private final BoardClock board;
    private final LongSupplier monotonic;

    private EventClock(BoardClock board, LongSupplier monotonic) {
        this.board = board;
        this.monotonic = monotonic;
    }

    /// The clock of a board whose edges are dated by `monotonic`, in nanoseconds.
    static EventClock of(BoardClock board, LongSupplier monotonic) {
        return new EventClock(board, monotonic);
    }

    /// The clocks of this machine's kernel.
    static EventClock ofKernel(BoardClock board) {
        return new EventClock(board, MonotonicClock::nanos);
    }

    /// Now, as edges are dated.
    long nanos() {
        return monotonic.getAsLong();
    }

    /// Both clocks at one moment.
    Moment now() {
        long before = monotonic.getAsLong();
        BoardClock.Reading reading = board.read();
        long suspended = reading.bootNanos() - before;
        return new Moment(reading, Math.abs(suspended) < NEGLIGIBLE_NANOS ? 0 : suspended);
    }

    /// What the board's clock showed now, and how far it is ahead of the clock of the edges.
    record Moment(BoardClock.Reading reading, long suspendedNanos) {
        /// What it showed at the time of an edge, were it never set in between: the date is as good
        /// as the clock is now.
        BoardClock.Reading at(long edgeNanos) {
            long boot = Math.max(0, edgeNanos + suspendedNanos);
            return atBoot(boot);
        }

        BoardClock.Reading atBoot(long bootNanos) {
            return new BoardClock.Reading(
                    bootNanos,
                    reading.bootId(),
                    reading.wall().minusNanos(reading.bootNanos() - bootNanos),
                    reading.quality());
        }
    }
}
