package energy.cryptometer.hal.pi4j;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.edge.Edge;
import energy.cryptometer.hal.edge.FilterOutcome;
import energy.cryptometer.hal.edge.PulseFilter;
import energy.cryptometer.hal.edge.RateMonitor;
import energy.cryptometer.hal.edge.WidthHistogram;
import energy.cryptometer.hal.gpio.GpioInput;
import energy.cryptometer.hal.pulse.DurationHistogram;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceItem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// From edges to items, with the filter that every pulse contact has. Belongs to one thread.
final class Pi4jPulseCounter {
    private static final int MEDIAN = 500;
    private static final int P99 = 990;

    private record Decided(long count, long nanos) {}

    private final Deque<Decided> given = new ArrayDeque<>();
    private final DurationHistogram toDurable = new DurationHistogram();
    private final WidthHistogram widths = new WidthHistogram();
    private final List<RateMonitor> watches;
    private PulseFilter filter;
    private long count;
    private long pulses;
    private long edges;
    private long edgesLost;
    private long rateExceeded;

    /// @param count the last pulse before those that come now
    Pi4jPulseCounter(GpioInput input, long count) {
        this.count = count;
        filter = PulseFilter.start(input.rule());
        watches = List.of(RateMonitor.ofS0(), RateMonitor.ofRatedPower(input.pulsesPerHour()));
    }

    /// What came of these edges, at most three items for each and for the time that passed.
    List<SourceItem> fold(EdgeQueue.Taken taken) {
        List<SourceItem> items = new ArrayList<>();
        for (Edge edge : taken.edges()) {
            edges++;
            filter = filter.after(edge);
            note(edge.nanos(), taken.now(), items);
        }
        if (taken.isAll()) {
            filter = filter.at(taken.now().bootNanos());
            note(taken.now().bootNanos(), taken.now(), items);
        }
        return items;
    }

    private void note(long nanos, BoardClock.Reading now, List<SourceItem> items) {
        switch (filter.outcome()) {
            case FilterOutcome.Nothing() -> {}
            case FilterOutcome.Ended ended -> widths.add(ended);
            case FilterOutcome.Lost(long first, long lost) -> {
                edgesLost += lost;
                items.add(new SourceEvent.EdgesLost(at(nanos, now), first, lost));
            }
            case FilterOutcome.Counted(long since, long decided) -> {
                count++;
                pulses++;
                Pulse pulse = new Pulse(count, at(since, now));
                items.add(pulse);
                given.add(new Decided(count, decided));
                for (RateMonitor watch : watches) {
                    watch.pulse(since)
                            .ifPresent(excess -> {
                                rateExceeded++;
                                items.add(
                                        new SourceEvent.RateExceeded(
                                                pulse.capturedAt(),
                                                excess.pulses(),
                                                excess.within(),
                                                excess.limit()));
                            });
                }
            }
        }
    }

    /// What the clock showed at that time, were it never set since.
    private static BoardClock.Reading at(long bootNanos, BoardClock.Reading now) {
        return new BoardClock.Reading(
                bootNanos,
                now.bootId(),
                now.wall().minusNanos(now.bootNanos() - bootNanos),
                now.quality());
    }

    /// Everything up to that pulse is durable at `nanos`.
    void durable(long upTo, long nanos) {
        while (!given.isEmpty() && given.element().count() <= upTo) {
            toDurable.add(Duration.ofNanos(nanos - given.remove().nanos()));
        }
    }

    /// The last pulse so far.
    long count() {
        return count;
    }

    PulseFilter filter() {
        return filter;
    }

    /// Since the program started.
    Map<String, Long> byName() {
        Map<String, Long> counters = new TreeMap<>();
        counters.put("edges", edges);
        counters.put("edgesLost", edgesLost);
        counters.put("pulses", pulses);
        counters.put("pulsesTooShort", widths.tooShort());
        counters.put("rateExceeded", rateExceeded);
        counters.put("captureToDurableMicrosP50", toDurable.quantileMicros(MEDIAN));
        counters.put("captureToDurableMicrosP99", toDurable.quantileMicros(P99));
        counters.put("captureToDurableMicrosMax", toDurable.maxMicros());
        widths.putInto(counters);
        return counters;
    }
}
