package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.edge.Edge;
import energy.cryptometer.hal.edge.PulseFilter;
import energy.cryptometer.hal.edge.PulseRule;
import energy.cryptometer.hal.linux.SystemCallException;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.hal.pulse.SourceState.EdgeMark;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// A line that is listened to, and where to go on with its edges: those that an earlier process
/// left, or a new request when there are none that the journal can be continued with.
///
/// @param place the place of the first edge to fold
/// @param filter the filter as it is before that edge
/// @param events what must be told first
/// @param markIsStored whether the journal knows this request
record Listening(
        EdgeLine line,
        EdgeRing ring,
        long place,
        PulseFilter filter,
        List<SourceEvent> events,
        boolean markIsStored) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Gives a new line.
    interface Lines {
        /// Requests it from the kernel.
        ///
        /// @throws GpioException where it cannot be had
        EdgeLine request();
    }

    /// What an input is opened with.
    record Wanted(Lines lines, InputStore store, String label, PulseRule rule, int slots) {}

    static Listening open(Wanted wanted, EventClock clock, SourceState state) {
        EventClock.Moment now = clock.now();
        Optional<InputStore.Kept> kept = wanted.store().take();
        String reason = reason(state, now);
        if (kept.isPresent()) {
            Optional<EdgeRing> ring = EdgeRing.adopt(kept.get().ring());
            if (ring.isPresent()) {
                Optional<Listening> going = goOn(wanted, kept.get(), ring.get(), state, now);
                if (going.isPresent()) {
                    return going.get();
                }
                if (!ring.get().identity().label().equals(wanted.label())) {
                    reason = "the input was set up anew";
                }
                ring.get().close();
            }
            kept.get().close();
        }
        wanted.store().forget();
        return begin(wanted, clock, state, reason);
    }

    private static String reason(SourceState state, EventClock.Moment now) {
        boolean sameBoot =
                state.edges()
                        .map(mark -> mark.at().bootId().equals(now.reading().bootId()))
                        .orElse(true);
        return sameBoot ? "the program was not running" : "power was off";
    }

    private static Listening begin(
            Wanted wanted, EventClock clock, SourceState state, String reason) {
        EdgeLine line = wanted.lines().request();
        BoardClock.Reading since = clock.now().reading();
        try {
            EdgeRing ring =
                    EdgeRing.create(
                            new EdgeRing.Identity(
                                    RANDOM.nextLong() >>> 1,
                                    since.bootId(),
                                    since.bootNanos(),
                                    wanted.label()),
                            wanted.slots());
            wanted.store().keep(new InputStore.Kept(line.descriptor(), ring.descriptor()));
            return new Listening(
                    line,
                    ring,
                    0,
                    PulseFilter.start(wanted.rule()),
                    missed(state, since, reason),
                    false);
        } catch (SystemCallException e) {
            line.close();
            throw new GpioException(
                    "no memory for the edges of " + wanted.label() + ": " + e.getMessage(), e);
        }
    }

    private static List<SourceEvent> missed(
            SourceState state, BoardClock.Reading until, String reason) {
        return state.edges().stream()
                .<SourceEvent>map(mark -> new SourceEvent.NotListening(until, mark.at(), reason))
                .toList();
    }

    /// Goes on with what an earlier process left, where the journal's mark stands in it.
    private static Optional<Listening> goOn(
            Wanted wanted,
            InputStore.Kept kept,
            EdgeRing ring,
            SourceState state,
            EventClock.Moment now) {
        EdgeRing.Identity identity = ring.identity();
        if (!identity.label().equals(wanted.label())
                || !identity.boot().equals(now.reading().bootId())) {
            return Optional.empty();
        }
        Optional<EdgeMark> mark =
                state.edges().filter(known -> known.request() == identity.request());
        EdgeLine line;
        try {
            line = new EdgeLine(kept.line());
        } catch (SystemCallException _) {
            return Optional.empty();
        }
        if (mark.isEmpty()) {
            // The journal never heard of this request: it goes on only from its very beginning.
            BoardClock.Reading since = now.atBoot(identity.since());
            return ring.tail() > 0
                    ? Optional.empty()
                    : Optional.of(
                            new Listening(
                                    line,
                                    ring,
                                    0,
                                    PulseFilter.start(wanted.rule()),
                                    missed(state, since, reason(state, now)),
                                    false));
        }
        return afterMark(ring, mark.get().edge(), wanted.rule())
                .map(start ->
                        new Listening(line, ring, start.place(), start.filter(), List.of(), true));
    }

    private record Start(long place, PulseFilter filter) {}

    /// The edge the journal names last stands in the ring. Where the ring begins later, what came
    /// between gave nothing for the journal, and the ring begins with the last such edge.
    private static Optional<Start> afterMark(EdgeRing ring, long marked, PulseRule rule) {
        long tail = ring.tail();
        long from = marked;
        if (tail > 0 && tail < ring.head()) {
            from = Math.max(marked, ring.event(tail).numberNear(marked));
        }
        if (from == 0) {
            return Optional.of(new Start(0, PulseFilter.start(rule)));
        }
        for (long place = tail; place < ring.head(); place++) {
            LineEvent event = ring.event(place);
            if (event.numberNear(marked) == from) {
                Edge settled = new Edge(event.nanos(), event.active(), from);
                return Optional.of(new Start(place + 1, PulseFilter.resume(rule, settled)));
            }
        }
        return Optional.empty();
    }
}
