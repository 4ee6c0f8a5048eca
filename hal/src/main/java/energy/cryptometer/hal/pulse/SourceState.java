package energy.cryptometer.hal.pulse;

import energy.cryptometer.hal.clock.BoardClock;
import java.util.Optional;

/// All that a source must remember to go on after a restart with nothing lost and nothing doubled.
/// It is small; the caller stores it in the same transaction as the items it came with.
///
/// `count` is the last pulse given, 0 before the first. `anchor` is the register from which the
/// next pulse is counted; a source without a register has none. `edges` is how far a contact's
/// edges are dealt with; a source without a contact has none. `reference` is where the comparison
/// of a contact with a register began; a source without a reference register has none.
public record SourceState(
        long count,
        Optional<Anchor> anchor,
        Optional<EdgeMark> edges,
        Optional<ReferenceMark> reference) {
    /// The state of a source that was never started.
    public static final SourceState NEVER_STARTED = new SourceState(0, Optional.empty());

    public SourceState {
        if (count < 0) {
            throw new IllegalArgumentException("pulse count " + count + " is negative");
        }
    }

    /// Of a source without a reference register.
    public SourceState(long count, Optional<Anchor> anchor, Optional<EdgeMark> edges) {
        this(count, anchor, edges, Optional.empty());
    }

    /// Of a source without a contact.
    public SourceState(long count, Optional<Anchor> anchor) {
        this(count, anchor, Optional.empty());
    }

    /// A place in the stream of edges that the kernel numbers from 1 for each request of a line.
    ///
    /// @param request names the request, so that numbers of another one are not taken for its own;
    ///   never negative
    /// @param edge the last edge that is dealt with, 0 before the first
    /// @param at a moment at which the line was certainly listened to
    public record EdgeMark(long request, long edge, BoardClock.Reading at) {
        public EdgeMark {
            if (request < 0 || edge < 0) {
                throw new IllegalArgumentException(
                        "edge " + edge + " of request " + request + " is negative");
            }
        }
    }

    /// The same, compared with a register since `mark`.
    public SourceState withReference(Optional<ReferenceMark> mark) {
        return new SourceState(count, anchor, edges, mark);
    }

    /// Where pulses and register began to be compared: `count` pulses were counted when the meter's
    /// register showed `register` milliwatt-hours. Neither is negative. `beyond` says that they
    /// have drifted apart since, so that a restart does not tell it again.
    public record ReferenceMark(long count, long register, BoardClock.Reading at, boolean beyond) {
        /// Where a comparison begins: the two agree.
        public ReferenceMark(long count, long register, BoardClock.Reading at) {
            this(count, register, at, false);
        }

        /// The same comparison, with what came of it.
        public ReferenceMark withBeyond(boolean found) {
            return new ReferenceMark(count, register, at, found);
        }

        public ReferenceMark {
            if (count < 0 || register < 0) {
                throw new IllegalArgumentException(
                        "comparison from pulse "
                                + count
                                + " and register "
                                + register
                                + " mWh: neither may be negative");
            }
        }
    }

    /// A register value in milliwatt-hours, never negative, and a moment at which the meter had
    /// certainly not shown more.
    public record Anchor(long register, BoardClock.Reading at) {
        public Anchor {
            if (register < 0) {
                throw new IllegalArgumentException(
                        "register " + register + " mWh is negative; MID registers only grow");
            }
        }
    }
}
