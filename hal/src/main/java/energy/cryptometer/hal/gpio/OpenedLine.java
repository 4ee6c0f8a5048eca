package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.edge.Edge;
import energy.cryptometer.hal.edge.PulseFilter;
import energy.cryptometer.hal.edge.PulseRule;
import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.SystemCallException;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.hal.pulse.SourceState.EdgeMark;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A line that is listened to, and where to go on with its edges: those that an earlier process
/// left, those the kernel has kept of a line that was requested early in this boot, or a new
/// request when there are none that the journal can be continued with.
///
/// @param place the place of the first edge to fold
/// @param filter the filter as it is before that edge
/// @param events what must be told first
/// @param markIsStored whether the journal knows this request
record OpenedLine(
        LineRequest line,
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
        LineRequest request();
    }

    /// What an input is opened with.
    record Wanted(Lines lines, InputStore store, String label, PulseRule rule, int slots) {}

    static OpenedLine open(Wanted wanted, EventClock clock, SourceState state) {
        EventClock.Moment now = clock.now();
        String reason = reason(state, now);
        Optional<Found> found = wanted.store().take().flatMap(Found::of);
        if (found.isPresent()) {
            Optional<OpenedLine> going = goOn(wanted, found.get(), state, now);
            if (going.isPresent()) {
                return going.get();
            }
            if (!found.get().label().equals(wanted.label())) {
                reason = "the input was set up anew";
            }
            found.get().close();
        }
        wanted.store().forget();
        LineRequest line = wanted.lines().request();
        BoardClock.Reading since = clock.now().reading();
        return begin(wanted, line, since, missed(state, since, reason));
    }

    /// What was left of an input, understood. Without a ring nobody has read the line.
    private record Found(
            Descriptor line, Optional<EdgeRing> ring, UUID boot, long since, String label) {
        static Optional<Found> of(InputStore.Left left) {
            Optional<Found> found =
                    switch (left) {
                        case InputStore.Kept(Descriptor line, Descriptor ring) ->
                                EdgeRing.adopt(ring).map(adopted -> of(line, adopted));
                        case InputStore.Held(Descriptor line, InputStore.HoldNote note) ->
                                Optional.of(
                                        new Found(
                                                line,
                                                Optional.empty(),
                                                note.boot(),
                                                note.since(),
                                                note.label()));
                    };
            if (found.isEmpty()) {
                left.close();
            }
            return found;
        }

        private static Found of(Descriptor line, EdgeRing ring) {
            EdgeRing.Identity known = ring.identity();
            return new Found(line, Optional.of(ring), known.boot(), known.since(), known.label());
        }

        void close() {
            ring.ifPresent(EdgeRing::close);
            line.close();
        }
    }

    private static String reason(SourceState state, EventClock.Moment now) {
        boolean sameBoot =
                state.edges()
                        .map(mark -> mark.at().bootId().equals(now.reading().bootId()))
                        .orElse(true);
        return sameBoot ? "the program was not running" : "power was off";
    }

    /// Begins with a line that nobody has read, which the kernel has listened to since then.
    private static OpenedLine begin(
            Wanted wanted, LineRequest line, BoardClock.Reading since, List<SourceEvent> events) {
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
            PulseFilter filter = PulseFilter.start(wanted.rule());
            return new OpenedLine(line, ring, 0, filter, events, false);
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

    /// Goes on with what was left: with a line that nobody has read, where the journal says until
    /// when somebody listened before; with the edges of an earlier process, where the journal's
    /// mark stands in them.
    private static Optional<OpenedLine> goOn(
            Wanted wanted, Found found, SourceState state, EventClock.Moment now) {
        if (!found.label().equals(wanted.label())
                || !found.boot().equals(now.reading().bootId())
                || found.since() > now.reading().bootNanos()) {
            return Optional.empty();
        }
        LineRequest line;
        try {
            line = new LineRequest(found.line());
        } catch (SystemCallException _) {
            return Optional.empty();
        }
        BoardClock.Reading since = now.atBoot(found.since());
        List<SourceEvent> missed = missed(state, since, reason(state, now));
        if (found.ring().isEmpty()) {
            return missed.isEmpty()
                    ? Optional.empty()
                    : Optional.of(begin(wanted, line, since, missed));
        }
        EdgeRing ring = found.ring().get();
        Optional<EdgeMark> mark =
                state.edges().filter(known -> known.request() == ring.identity().request());
        if (mark.isPresent()) {
            return afterMark(ring, mark.get().edge(), wanted.rule())
                    .map(start ->
                            new OpenedLine(
                                    line, ring, start.place(), start.filter(), List.of(), true));
        }
        // The journal never heard of this request: it goes on only from its very beginning.
        PulseFilter filter = PulseFilter.start(wanted.rule());
        return ring.tail() > 0
                ? Optional.empty()
                : Optional.of(new OpenedLine(line, ring, 0, filter, missed, false));
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
