package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.linux.MonotonicClock;
import java.util.function.LongSupplier;

/// Turns the kernel's edge times into readings of the board's clock.
///
/// The kernel dates edges in CLOCK_MONOTONIC, the board counts in CLOCK_BOOTTIME; the two differ by
/// the time the machine was suspended. This board never suspends, so the difference is nothing; it
/// is measured all the same. Edges from before a suspend would be dated too late by its length.
final class EventClock {
    private static final long LARGEST_SPREAD_NANOS = 1_000_000;
    private static final int MOST_READS = 8;

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

    /// Both clocks at one moment. Where the machine never was suspended they are one clock: its
    /// boot time lies between two readings of the other, however long the program was held up in
    /// between. Otherwise it is read again until no more than a millisecond lies between, at most
    /// eight times.
    Moment now() {
        for (int reads = 1; ; reads++) {
            long before = monotonic.getAsLong();
            BoardClock.Reading reading = board.read();
            long after = monotonic.getAsLong();
            long boot = reading.bootNanos();
            if (before <= boot && boot <= after) {
                return new Moment(reading, 0);
            }
            long spread = after - before;
            if (spread <= LARGEST_SPREAD_NANOS || reads == MOST_READS) {
                return new Moment(reading, boot - before - spread / 2);
            }
        }
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
