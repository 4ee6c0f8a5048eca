package energy.cryptometer.hal.edge;

import java.util.OptionalLong;

/// Tells pulses from bounce and noise: a fold over edges.
///
/// **What is counted.** Call the line open for a *break* when that is shorter than the rule's
/// pause, and for a *pause* otherwise. A *run* is what lies between two pauses. The filter counts
/// one pulse for each run whose closed time, all stretches added up, is at least the rule's width,
/// and nothing else. A pulse is dated by the first edge of its run. It follows, for width 25 ms and
/// pause 6 ms, whatever lies in between:
///
/// - A contact closed for 30 ms that bounces up to 5 ms at each end counts exactly once.
/// - Noise shorter than 25 ms, from its first to its last edge, never counts, as long as it keeps a
///   pause to each pulse or belongs to one.
/// - Two pulses are two as long as one pause is left anywhere between them. Noise between them that
///   keeps a pause to either one changes nothing.
/// - A contact that never opens counts once.
///
/// An edge to the level that the line already has stands for a visit to the other level that was
/// too short to be seen; it has no length. A run of more than [#MOST_EDGES] edges that has not come
/// to the width is noise.
///
/// ```text
///          first edge        closed for the width
///     REST ----------> OPEN ----------------------> COUNTED
///                       |
///                       | too many edges
///                       v
///                   DISMISSED <--- edges lost, in any phase
///
///     OPEN, COUNTED, DISMISSED --- open for the pause ---> REST
/// ```
///
/// **When edges are lost** the run at hand is dismissed, and so is what follows up to the next
/// pause: the pulses concerned may be missing, none is invented.
///
/// **Where to go on.** [#settled] names the last edge that needs no replay: a filter that
/// [#resume]s there and sees what follows counts the same pulses as this one does from now on.
public record PulseFilter(
        PulseRule rule, Phase phase, Run run, Seen last, long settled, FilterOutcome outcome) {
    /// Most edges of a run that is not decided yet.
    public static final int MOST_EDGES = 8_192;

    /// What is known of the run at hand.
    public enum Phase {
        /// There is none: the line has been open for a pause.
        REST,
        /// It is not decided yet.
        OPEN,
        /// It is a pulse and was counted.
        COUNTED,
        /// Nothing of it counts any more.
        DISMISSED
    }

    /// The run at hand: when it began, how long the contact was closed in it up to the last edge,
    /// and how many edges it has.
    record Run(long since, long activeNanos, int edges) {
        private static final Run NONE = new Run(0, 0, 0);
    }

    /// The last edge; its number is 0 before the first.
    record Seen(long nanos, boolean active, long sequence) {}

    /// A filter that has seen nothing: the next edge is number 1.
    public static PulseFilter start(PulseRule rule) {
        return new PulseFilter(
                rule,
                Phase.REST,
                Run.NONE,
                new Seen(Long.MIN_VALUE / 2, false, 0),
                0,
                FilterOutcome.Nothing.YET);
    }

    /// A filter that goes on after an edge that was [#settled].
    public static PulseFilter resume(PulseRule rule, Edge settled) {
        return dismissing(rule, settled, FilterOutcome.Nothing.YET);
    }

    private static PulseFilter dismissing(PulseRule rule, Edge edge, FilterOutcome outcome) {
        return new PulseFilter(
                rule,
                Phase.DISMISSED,
                new Run(edge.nanos(), 0, 1),
                new Seen(edge.nanos(), edge.active(), edge.sequence()),
                edge.sequence(),
                outcome);
    }

    /// Time has come to `nanos` and no edge came before: decides what time alone decides.
    public PulseFilter at(long nanos) {
        long sinceLast = Math.max(0, nanos - last.nanos);
        if (phase == Phase.REST) {
            return quiet();
        }
        if (last.active) {
            long missing = rule.width().toNanos() - run.activeNanos;
            boolean counts = phase == Phase.OPEN && sinceLast >= missing;
            return counts
                    ? became(
                            Phase.COUNTED,
                            new FilterOutcome.Counted(run.since, last.nanos + missing))
                    : quiet();
        }
        return sinceLast >= rule.pause().toNanos() ? became(Phase.REST, ended()) : quiet();
    }

    private FilterOutcome ended() {
        return phase == Phase.DISMISSED
                ? FilterOutcome.Nothing.YET
                : new FilterOutcome.Ended(run.activeNanos, phase == Phase.COUNTED);
    }

    private PulseFilter became(Phase next, FilterOutcome found) {
        return new PulseFilter(rule, next, run, last, last.sequence, found);
    }

    private PulseFilter quiet() {
        return outcome instanceof FilterOutcome.Nothing
                ? this
                : new PulseFilter(rule, phase, run, last, settled, FilterOutcome.Nothing.YET);
    }

    /// The next edge. Its number must be above that of the last one; its time is taken to be no
    /// earlier.
    public PulseFilter after(Edge edge) {
        if (edge.sequence() <= last.sequence) {
            throw new IllegalArgumentException(
                    "edge " + edge.sequence() + " comes after edge " + last.sequence);
        }
        long lost = edge.sequence() - last.sequence - 1;
        if (lost > 0) {
            return dismissing(rule, edge, new FilterOutcome.Lost(last.sequence + 1, lost));
        }
        return at(edge.nanos()).with(edge);
    }

    private PulseFilter with(Edge edge) {
        Seen seen = new Seen(edge.nanos(), edge.active(), edge.sequence());
        if (phase == Phase.REST) {
            Run first = new Run(edge.nanos(), 0, 1);
            return new PulseFilter(rule, Phase.OPEN, first, seen, settled, outcome);
        }
        long closed = last.active ? Math.max(0, edge.nanos() - last.nanos) : 0;
        // Once decided the count of edges has done its service; a stuck contact must not wrap it.
        int edges = Math.min(run.edges, MOST_EDGES) + 1;
        Run longer = new Run(run.since, run.activeNanos + closed, edges);
        if (phase != Phase.OPEN) {
            return new PulseFilter(rule, phase, longer, seen, edge.sequence(), outcome);
        }
        if (edges > MOST_EDGES) {
            return new PulseFilter(
                    rule,
                    Phase.DISMISSED,
                    longer,
                    seen,
                    edge.sequence(),
                    new FilterOutcome.Ended(longer.activeNanos, false));
        }
        return new PulseFilter(rule, phase, longer, seen, settled, outcome);
    }

    /// The number of the last edge seen, 0 before the first.
    public long lastSequence() {
        return last.sequence;
    }

    /// Since when the contact is closed, as far as is known; empty when it is open.
    public OptionalLong closedSince() {
        return phase != Phase.REST && last.active
                ? OptionalLong.of(run.since)
                : OptionalLong.empty();
    }
}
