package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.edge.Edge;
import energy.cryptometer.hal.edge.FilterOutcome;
import energy.cryptometer.hal.edge.PulseFilter;
import energy.cryptometer.hal.edge.RateMonitor;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.hal.pulse.SourceState.EdgeMark;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// From the edges in the ring to batches for the journal, and back: frees places of the ring when
/// what came of them is durable. Belongs to one thread.
final class PulseCounter {
    /// An edge is dated in the interrupt and stands in the kernel's buffer a little later, when its
    /// thread has run. So much later nothing can come that is older.
    static final Duration SETTLING = Duration.ofMillis(100);

    private static final int MOST_ITEMS_OF_AN_EDGE = 3;

    private final EdgeRing ring;
    private final EventClock clock;
    private final InputCounters counters;
    private final List<RateMonitor> watches;
    private final long openedNanos;
    private final Deque<Given> given = new ArrayDeque<>();
    private List<SourceItem> first;
    private PulseFilter filter;
    private long next;
    private long settledPlace;
    private long count;
    private long acknowledged;
    private boolean markIsStored;
    private Optional<BoardClock.Reading> lastListened = Optional.empty();

    /// A batch that was handed out: the count after it, the place of the edge its state names, and
    /// when its pulses were decided.
    private record Given(long count, long settledPlace, List<Long> decided) {}

    /// A folder that goes on where `listening` says.
    ///
    /// @param count the last pulse before those that come now
    PulseCounter(
            OpenedLine listening,
            long count,
            EventClock clock,
            List<RateMonitor> watches,
            InputCounters counters) {
        this.ring = listening.ring();
        this.first = List.copyOf(listening.events());
        this.filter = listening.filter();
        this.next = listening.place();
        this.settledPlace = listening.place() - 1;
        this.markIsStored = listening.markIsStored();
        this.count = count;
        this.acknowledged = count;
        this.clock = clock;
        this.watches = List.copyOf(watches);
        this.counters = counters;
        this.openedNanos = clock.nanos();
    }

    /// What came of the edges so far.
    ///
    /// @param quiet up to when the ring is complete
    /// @param listening false when nobody reads the line any more; the mark keeps its time then
    SourceBatch fold(EdgeReader.Quiet quiet, boolean listening) {
        EventClock.Moment now = clock.now();
        List<SourceItem> items = new ArrayList<>(first);
        List<Long> decided = new ArrayList<>();
        first = List.of();
        long end = ring.head();
        while (next < end && items.size() <= SourceBatch.MOST_ITEMS - 2 * MOST_ITEMS_OF_AN_EDGE) {
            LineEvent event = ring.event(next);
            long number = event.numberNear(filter.lastSequence());
            filter = filter.after(new Edge(event.nanos(), event.active(), number));
            next++;
            counters.edges.incrementAndGet();
            note(now.at(event.nanos()), now, items, decided);
        }
        if (next == quiet.head() && quiet.nanos() > Long.MIN_VALUE) {
            // Time decides only where nothing was read since; otherwise the next edges do.
            filter = filter.at(quiet.nanos() - SETTLING.toNanos());
            note(now.reading(), now, items, decided);
        }
        settle();
        if (!items.isEmpty()) {
            given.add(new Given(count, settledPlace, decided));
        } else if (given.isEmpty() && markIsStored) {
            // Nothing came of these edges, and all before them is durable.
            release(settledPlace);
        }
        if (listening || lastListened.isEmpty()) {
            lastListened = Optional.of(now.reading());
        }
        EdgeMark mark =
                new EdgeMark(
                        ring.identity().request(), filter.settled(), lastListened.orElseThrow());
        return new SourceBatch(items, new SourceState(count, Optional.empty(), Optional.of(mark)));
    }

    private void note(
            BoardClock.Reading at,
            EventClock.Moment now,
            List<SourceItem> items,
            List<Long> decided) {
        switch (filter.outcome()) {
            case FilterOutcome.Nothing() -> {}
            case FilterOutcome.Ended ended -> counters.widths.add(ended);
            case FilterOutcome.Lost(long from, long edges) -> {
                counters.edgesLost.addAndGet(edges);
                items.add(new SourceEvent.EdgesLost(at, from, edges));
            }
            case FilterOutcome.Counted(long since, long decidedAt) -> {
                count++;
                counters.pulses.incrementAndGet();
                Pulse pulse = new Pulse(count, now.at(since));
                items.add(pulse);
                decided.add(decidedAt);
                watches.stream()
                        .flatMap(watch -> watch.pulse(since).stream())
                        .forEach(excess -> items.add(told(pulse, excess)));
            }
        }
    }

    private SourceEvent told(Pulse pulse, RateMonitor.Excess excess) {
        counters.rateExceeded.incrementAndGet();
        return new SourceEvent.RateExceeded(
                pulse.capturedAt(), excess.pulses(), excess.within(), excess.limit());
    }

    /// Finds the place of the edge that [PulseFilter#settled] names, or the last one before it.
    private void settle() {
        long settled = filter.settled();
        while (settledPlace + 1 < next
                && ring.event(settledPlace + 1).numberNear(settled) <= settled) {
            settledPlace++;
        }
    }

    /// The settled edge itself stays in the ring: the next process begins with its level and time.
    private void release(long place) {
        if (place > ring.tail()) {
            ring.release(place);
        }
    }

    /// Everything up to that pulse is durable.
    void acknowledge(long upTo) {
        PulseSource.checkAcknowledged(upTo, acknowledged, count);
        acknowledged = upTo;
        long now = clock.nanos();
        while (!given.isEmpty() && given.element().count() <= upTo) {
            Given durable = given.remove();
            markIsStored = true;
            release(durable.settledPlace());
            for (long decided : durable.decided()) {
                if (decided >= openedNanos) {
                    counters.toDurable.add(Duration.ofNanos(now - decided));
                }
            }
        }
    }

    PulseFilter filter() {
        return filter;
    }
}
