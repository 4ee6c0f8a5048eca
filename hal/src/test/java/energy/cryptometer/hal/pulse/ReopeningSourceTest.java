package energy.cryptometer.hal.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.pulse.ReopeningSource.Input;
import energy.cryptometer.hal.pulse.ReopeningSource.Pauses;
import energy.cryptometer.hal.pulse.SourceHealth.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A test that had to wait for a pause of an hour would run into the time limit.
@Timeout(60)
final class ReopeningSourceTest implements PulseSourceContract {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Pauses SHORT = new Pauses(Duration.ofNanos(1), Duration.ofMillis(1));
    private static final Pauses LONG = new Pauses(HOUR, HOUR);

    private final SimulatedClock clock =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));
    private final List<SimulatedPulseSource> opened = new CopyOnWriteArrayList<>();
    private final List<SourceState> states = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private int refusals;

    private PulseSource openNow(SourceState state) {
        states.add(state);
        if (refusals > 0) {
            refusals--;
            throw new IllegalStateException("there is no chip;\nplug it in");
        }
        opened.add(SimulatedPulseSource.open(clock, state));
        return opened.getLast();
    }

    private PulseSource open(Pauses pauses) {
        return open(this::openNow, pauses);
    }

    private PulseSource open(Function<SourceState, PulseSource> opener, Pauses pauses) {
        return ReopeningSource.open(
                new Input("line 17 of the chip", opener),
                SourceState.NEVER_STARTED,
                clock,
                said::add,
                pauses);
    }

    @Override
    public PulseSource open(SourceState state) {
        return ReopeningSource.open(
                new Input("line 17 of the chip", this::openNow), state, clock, said::add);
    }

    @Override
    public void meterPulses(int pulses) {
        opened.getLast().pulse(pulses);
    }

    /// What comes until there are so many items; each batch is acknowledged.
    private static List<SourceItem> take(PulseSource source, int wanted)
            throws InterruptedException {
        List<SourceItem> items = new ArrayList<>();
        while (items.size() < wanted) {
            SourceBatch batch = source.await(Duration.ofSeconds(1));
            items.addAll(batch.items());
            if (!batch.isEmpty()) {
                source.acknowledge(batch.stateAfter().count());
            }
        }
        return items;
    }

    @Test
    void anInputThatIsNotThereYetCountsWhenItComes() throws InterruptedException {
        refusals = 3;
        try (PulseSource source = open(SHORT)) {
            assertThat(source.health().condition()).isEqualTo(Condition.LOST);
            assertThat(source.health().line())
                    .isEqualTo(
                            "line 17 of the chip does not count: there is no chip; plug it in; it"
                                    + " is tried again at least every 1 s");
            assertThat(said).containsExactly(source.health().line());
            SourceEvent.LineLost lost =
                    new SourceEvent.LineLost(clock.read(), "there is no chip; plug it in");
            assertThat(take(source, 1)).containsExactly(lost);
            clock.advance(Duration.ofMinutes(3));
            assertThat(take(source, 1)).containsExactly(new SourceEvent.LineRestored(clock.read()));
            meterPulses(2);
            assertThat(take(source, 2))
                    .containsExactly(new Pulse(1, clock.read()), new Pulse(2, clock.read()));
            assertThat(source.health().condition()).isEqualTo(Condition.GOOD);
        }
        assertThat(states).hasSize(4).containsOnly(SourceState.NEVER_STARTED);
        assertThat(said).hasSize(2);
        assertThat(said.getLast()).isEqualTo("line 17 of the chip is back and counts");
    }

    @Test
    void anEndedSourceGivesWhatItHasLeftAndTheNextOneGoesOn() throws InterruptedException {
        int left = SourceBatch.MOST_ITEMS + 5;
        try (PulseSource source = open(SHORT)) {
            meterPulses(left);
            opened.getFirst().pulledOut();
            assertThat(take(source, left)).allMatch(Pulse.class::isInstance);
            assertThat(states).hasSize(1);
            List<SourceItem> events = take(source, 2);
            assertThat(events.getFirst())
                    .isEqualTo(
                            new SourceEvent.LineLost(
                                    clock.read(), "simulated pulse input is pulled out"));
            assertThat(events.getLast()).isEqualTo(new SourceEvent.LineRestored(clock.read()));
            assertThat(states.getLast().count()).isEqualTo(left);
            meterPulses(1);
            assertThat(take(source, 1)).containsExactly(new Pulse(left + 1, clock.read()));
        }
        assertThat(said).hasSize(2);
        assertThat(opened).allMatch(simulated -> simulated.health().condition() == Condition.LOST);
    }

    @Test
    void aLossThatTheSourceToldItselfIsToldOnce() throws InterruptedException {
        try (PulseSource source = open(SHORT)) {
            SourceEvent.LineLost own = new SourceEvent.LineLost(clock.read(), "ENODEV");
            opened.getFirst().happens(own);
            opened.getFirst().pulledOut();
            assertThat(take(source, 2))
                    .containsExactly(own, new SourceEvent.LineRestored(clock.read()));
            assertThat(source.await(Duration.ZERO).isEmpty()).isTrue();
        }
    }

    @Test
    void nothingIsOpenedBeforeAllThatWasGivenIsDurable() throws InterruptedException {
        try (PulseSource source = open(SHORT)) {
            meterPulses(3);
            opened.getFirst().pulledOut();
            assertThat(source.await(ENOUGH).items()).hasSize(3);
            for (int i = 0; i < 20; i++) {
                SourceBatch nothing = source.await(Duration.ofMillis(2));
                assertThat(nothing.isEmpty()).isTrue();
                assertThat(nothing.stateAfter().count()).isEqualTo(3);
            }
            assertThat(states).hasSize(1);
            source.acknowledge(2);
            assertThat(source.await(Duration.ofMillis(2)).isEmpty()).isTrue();
            assertThat(states).hasSize(1);
            source.acknowledge(3);
            assertThat(take(source, 2)).hasSize(2);
            assertThat(states.getLast().count()).isEqualTo(3);
        }
    }

    @Test
    void whyNobodyListenedIsSaidByTheOneWhoKnows() throws InterruptedException {
        try (PulseSource source = open(SHORT)) {
            var first = new SourceEvent.NotListening(clock.read(), clock.read(), "not running");
            opened.getFirst().happens(first);
            assertThat(take(source, 1)).containsExactly(first);
            opened.getFirst().pulledOut();
            assertThat(take(source, 2)).hasSize(2);
            var since = clock.read();
            clock.advance(HOUR);
            var now = clock.read();
            opened.getLast().happens(new SourceEvent.NotListening(now, since, "not running"));
            assertThat(take(source, 1))
                    .containsExactly(
                            new SourceEvent.NotListening(now, since, "the input was away"));
            clock.reboot(HOUR);
            var powerCut = new SourceEvent.NotListening(clock.read(), since, "power was off");
            opened.getLast().happens(powerCut);
            assertThat(take(source, 1)).containsExactly(powerCut);
        }
    }

    @Test
    void aSourceThatTriesAgainByItselfIsLeftAlone() throws InterruptedException {
        try (PulseSource source = open(SHORT)) {
            opened.getFirst().close(); // says that it is lost, not that it has ended
            assertThat(source.health().condition()).isEqualTo(Condition.LOST);
            for (int i = 0; i < 20; i++) {
                assertThat(source.await(Duration.ofMillis(1)).isEmpty()).isTrue();
            }
            assertThat(states).hasSize(1);
            assertThat(said).isEmpty();
        }
    }

    @Test
    void awaitKeepsItsTimeWhileTheInputIsAway() throws InterruptedException {
        refusals = 1;
        try (PulseSource source = open(LONG)) {
            assertThat(take(source, 1)).hasSize(1);
            for (int i = 0; i < 5; i++) {
                assertThat(source.await(Duration.ofMillis(10)).isEmpty()).isTrue();
            }
            assertThat(states).hasSize(1);
        }
    }

    @Test
    void closingEndsTheWaitForTheNextTry() throws InterruptedException {
        refusals = 1;
        PulseSource source = open(LONG);
        assertThat(take(source, 1)).hasSize(1);
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread counting =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                SourceBatch _ = source.await(HOUR);
                            } catch (IllegalStateException | InterruptedException e) {
                                ended.set(e);
                            }
                        });
        source.close();
        counting.join();
        assertThat(ended.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("line 17 of the chip is closed; open it again");
        assertThat(states).hasSize(1);
    }

    @Test
    void whatIsOpenedWhileItIsClosedIsClosedToo() throws InterruptedException {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        PulseSource source =
                open(
                        state -> {
                            if (states.size() == 1) {
                                opening.countDown();
                                awaitQuietly(go);
                            }
                            return openNow(state);
                        },
                        SHORT);
        opened.getFirst().pulledOut();
        Thread counting =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                List<SourceItem> _ = take(source, 3);
                            } catch (IllegalStateException | InterruptedException _) {
                                // closed, as it must be
                            }
                        });
        opening.await();
        source.close();
        go.countDown();
        counting.join();
        assertThat(opened).hasSize(2);
        assertThat(opened.getLast().health().line()).isEqualTo("simulated pulse input is closed");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void pausesDoubleUpToTheLongestAndVaryByHalf() {
        Pauses pauses = Pauses.USUAL;
        List<Long> seconds = new ArrayList<>();
        for (Duration pause = pauses.first(); seconds.size() < 7; pause = pauses.after(pause)) {
            seconds.add(pause.toSeconds());
        }
        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
        assertThat(IntStream.range(0, 1_000).mapToObj(_ -> Pauses.varied(pauses.longest())))
                .allMatch(nanos -> nanos >= 15_000_000_000L && nanos <= 30_000_000_000L)
                .anyMatch(nanos -> nanos < 22_000_000_000L)
                .anyMatch(nanos -> nanos > 23_000_000_000L);
        assertThatThrownBy(() -> new Pauses(Duration.ZERO, HOUR)).hasMessageContaining("no range");
        assertThatThrownBy(() -> new Pauses(HOUR, Duration.ofSeconds(1)))
                .hasMessageContaining("no range");
    }
}
