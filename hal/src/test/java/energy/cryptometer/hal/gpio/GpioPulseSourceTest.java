package energy.cryptometer.hal.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.edge.PulseRule;
import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.SystemCallException;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.PulseSourceContract;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceHealth.Condition;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GpioPulseSourceTest implements PulseSourceContract {
    private static final Instant NOON = Instant.parse("2026-06-21T12:00:00Z");

    private final SimulatedClock board = SimulatedClock.startingAt(NOON);
    private final EventClock clock = EventClock.of(board, () -> board.read().bootNanos());
    private final PlayedLine line = new PlayedLine();
    private final KeptInMemory store = new KeptInMemory();
    private GpioInput input =
            new GpioInput(
                    "/dev/gpiochip0", "17", true, GpioInput.Bias.PULL_UP, PulseRule.USUAL, 36_000);

    GpioPulseSourceTest() {
        board.advance(Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        store.close();
        line.close();
    }

    @Override
    public PulseSource open(SourceState state) {
        return GpioPulseSource.open(input, line, store, clock, state);
    }

    @Override
    public void meterPulses(int pulses) {
        for (int i = 0; i < pulses; i++) {
            pulse(Duration.ofMillis(60), Duration.ofMillis(60));
        }
    }

    private void pulse(Duration width, Duration pause) {
        changes(true);
        board.advance(width);
        changes(false);
        board.advance(pause);
    }

    private void changes(boolean active) {
        line.edge(board.read().bootNanos(), active);
    }

    private static <T extends SourceItem> T await(PulseSource source, Class<T> kind)
            throws InterruptedException {
        return kind.cast(items(source, all -> all.stream().anyMatch(kind::isInstance)).getLast());
    }

    /// What comes until it is enough, and everything acknowledged.
    private static List<SourceItem> items(PulseSource source, Predicate<List<SourceItem>> enough)
            throws InterruptedException {
        List<SourceItem> items = new ArrayList<>();
        long deadline = System.nanoTime() + ENOUGH.toNanos();
        while (!enough.test(items)) {
            assertThat(System.nanoTime()).as("still waiting after %s", items).isLessThan(deadline);
            SourceBatch batch = source.await(Duration.ofSeconds(1));
            items.addAll(batch.items());
            if (!batch.isEmpty()) {
                source.acknowledge(batch.stateAfter().count());
            }
        }
        return items;
    }

    private static long counter(PulseSource source, String name) {
        return source.health().counters().getOrDefault(name, -1L);
    }

    @Test
    void aPulseIsDatedByItsFirstEdgeInTheBoardsClock() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            board.advance(Duration.ofMillis(500));
            meterPulses(1);
            board.advance(Duration.ofHours(2));
            Pulse pulse = await(source, Pulse.class);
            assertThat(pulse.capturedAt().wall()).isEqualTo(NOON.plusMillis(10_500));
            assertThat(pulse.capturedAt().bootNanos()).isEqualTo(10_500_000_000L);
            assertThat(pulse.capturedAt().bootId()).isEqualTo(board.read().bootId());
        }
    }

    @Test
    void whatPulsedWhileTheProgramWasDownIsCounted() throws InterruptedException {
        List<Pulse> pulses = new ArrayList<>();
        SourceState state;
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            meterPulses(3);
            state = PulseSourceContract.take(source, 3, pulses);
        }
        meterPulses(200);
        try (PulseSource source = open(state)) {
            meterPulses(1);
            List<SourceItem> items = items(source, all -> all.size() == 201);
            assertThat(items).allMatch(Pulse.class::isInstance);
            assertThat(((Pulse) items.getLast()).count()).isEqualTo(204);
            assertThat(line.requests()).isEqualTo(1);
        }
    }

    @Test
    void pulsesThatWereGivenAndNotStoredAreGivenAgain() throws InterruptedException {
        List<Pulse> first = new ArrayList<>();
        List<Pulse> again = new ArrayList<>();
        SourceState stored;
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            meterPulses(1);
            stored = PulseSourceContract.take(source, 1, new ArrayList<>());
            source.acknowledge(1);
            meterPulses(5);
            PulseSourceContract.take(source, 5, first);
            // noise that gives nothing does not make them durable
            pulse(Duration.ofMillis(5), Duration.ofMillis(50));
            board.advance(Duration.ofSeconds(1));
            for (int i = 0; i < 5; i++) {
                assertThat(source.await(Duration.ofMillis(50)).isEmpty()).isTrue();
            }
        }
        try (PulseSource source = open(stored)) {
            PulseSourceContract.take(source, 5, again);
        }
        assertThat(again).isEqualTo(first);
    }

    @Test
    void edgesTheKernelDroppedAreNamed() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            meterPulses(2);
            line.overflowing(7);
            meterPulses(3);
            List<SourceItem> items =
                    items(source, all -> all.stream().filter(Pulse.class::isInstance).count() == 4);
            SourceEvent.EdgesLost lost = (SourceEvent.EdgesLost) items.get(2);
            assertThat(lost.first()).isEqualTo(5);
            assertThat(lost.edges()).isEqualTo(7);
            assertThat(source.health().counters()).containsEntry("edgesLost", 7L);
        }
    }

    @Test
    void afterAPowerCutTheSourceSaysSinceWhenNobodyListened() throws InterruptedException {
        SourceState state;
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            meterPulses(1);
            state = PulseSourceContract.take(source, 1, new ArrayList<>());
        }
        store.forget();
        board.reboot(Duration.ofMinutes(10));
        board.advance(Duration.ofSeconds(9));
        try (PulseSource source = open(state)) {
            SourceEvent.NotListening event = await(source, SourceEvent.NotListening.class);
            assertThat(event.since()).isEqualTo(state.edges().orElseThrow().at());
            assertThat(event.reason()).isEqualTo("power was off");
            assertThat(event.capturedAt()).isEqualTo(board.read());
            meterPulses(1);
            assertThat(await(source, Pulse.class).count()).isEqualTo(2);
        }
    }

    @Test
    void withoutAStoreAStopOfTheProgramIsTold() throws InterruptedException {
        SourceState state;
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            state = source.await(Duration.ZERO).stateAfter();
        }
        store.forget();
        try (PulseSource source = open(state)) {
            assertThat(await(source, SourceEvent.NotListening.class).reason())
                    .isEqualTo("the program was not running");
            assertThat(line.requests()).isEqualTo(2);
        }
    }

    @Test
    void aLineThatIsSetUpAnewIsRequestedAnew() throws InterruptedException {
        SourceState state;
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            state = source.await(Duration.ZERO).stateAfter();
        }
        input =
                new GpioInput(
                        "/dev/gpiochip0",
                        "17",
                        false,
                        GpioInput.Bias.PULL_UP,
                        PulseRule.USUAL,
                        36_000);
        try (PulseSource source = open(state)) {
            assertThat(await(source, SourceEvent.NotListening.class).reason())
                    .isEqualTo("the input was set up anew");
        }
    }

    @Test
    void aRingThatIsNoneIsNotBelieved() throws InterruptedException, SystemCallException {
        SourceState state;
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            state = source.await(Duration.ZERO).stateAfter();
        }
        Descriptor.Pipe other = Descriptor.pipe();
        store.ringIsReplacedBy(other.read());
        other.write().close();
        try (PulseSource source = open(state)) {
            meterPulses(1);
            assertThat(await(source, Pulse.class).count()).isEqualTo(1);
            assertThat(line.requests()).isEqualTo(2);
        }
    }

    @Test
    void aFirstStartHasNobodyToMiss() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            meterPulses(1);
            assertThat(items(source, all -> !all.isEmpty())).hasSize(1);
        }
    }

    @Test
    void anEmptyBatchSaysThatTheLineWasListenedTo() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            SourceState before = source.await(Duration.ZERO).stateAfter();
            board.advance(Duration.ofMinutes(1));
            SourceState after = source.await(Duration.ZERO).stateAfter();
            assertThat(after.edges().orElseThrow().at()).isEqualTo(board.read());
            assertThat(after.edges().map(SourceState.EdgeMark::request))
                    .isEqualTo(before.edges().map(SourceState.EdgeMark::request));
        }
    }

    @Test
    void pulsesFasterThanAnS0OutputAreCountedAndTold() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            for (int i = 0; i < 40; i++) {
                pulse(Duration.ofMillis(30), Duration.ofMillis(20));
            }
            List<SourceItem> items =
                    items(
                            source,
                            all -> all.stream().filter(Pulse.class::isInstance).count() == 40);
            assertThat(items.stream().filter(SourceEvent.RateExceeded.class::isInstance))
                    .hasSize(2)
                    .anyMatch(event -> event.toString().contains("16.7"))
                    .anyMatch(event -> event.toString().contains("36000 in an hour"));
        }
    }

    @Test
    void aContactThatStaysClosedCountsOnceAndIsDoubtful() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            changes(true);
            board.advance(Duration.ofSeconds(6));
            assertThat(await(source, Pulse.class).count()).isEqualTo(1);
            assertThat(source.health().condition()).isEqualTo(Condition.DOUBTFUL);
            assertThat(source.health().line())
                    .contains("active since 2026-06-21T12:00:10Z")
                    .contains("active_low");
            changes(false);
            board.advance(Duration.ofSeconds(1));
            meterPulses(1);
            assertThat(await(source, Pulse.class).count()).isEqualTo(2);
            assertThat(source.health().condition()).isEqualTo(Condition.GOOD);
        }
    }

    @Test
    void aChipThatIsPulledOutIsAnEventAndHealth() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            meterPulses(1);
            await(source, Pulse.class);
            line.pulledOut();
            assertThat(await(source, SourceEvent.LineLost.class).reason()).contains("0 bytes");
            assertThat(source.health().condition()).isEqualTo(Condition.LOST);
            assertThat(source.await(Duration.ZERO).isEmpty()).isTrue();
        }
    }

    @Test
    void healthCountsEdgesWidthsAndTheTimeToTheJournal() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            pulse(Duration.ofMillis(10), Duration.ofMillis(50));
            meterPulses(2);
            board.advance(Duration.ofSeconds(1));
            items(source, all -> all.size() == 2);
            // the last run ends by time, once the reader has looked again
            items(source, _ -> counter(source, "width_ms_le_60") == 2);
            assertThat(source.health().counters())
                    .containsEntry("edges", 6L)
                    .containsEntry("edgesLost", 0L)
                    .containsEntry("pulses", 2L)
                    .containsEntry("pulsesTooShort", 1L)
                    .containsEntry("width_ms_le_50", 0L)
                    .containsEntry("rejected_width_ms_le_10", 1L)
                    .containsKeys(
                            "captureToDurableMicrosP50",
                            "captureToDurableMicrosP99",
                            "captureToDurableMicrosMax");
            assertThat(counter(source, "captureToDurableMicrosMax"))
                    .isBetween(1_000_000L, 1_300_000L);
        }
    }

    @Test
    void sequenceNumbersMayWrap() throws InterruptedException {
        line.request();
        SourceState state =
                new SourceState(
                        9,
                        Optional.empty(),
                        Optional.of(new SourceState.EdgeMark(1, 0, board.read())));
        try (PulseSource source = open(state)) {
            meterPulses(1);
            line.numbersGoOnAfter(Integer.MAX_VALUE - 1);
            meterPulses(2);
            List<SourceItem> items = items(source, all -> all.size() >= 4);
            assertThat(items.stream().filter(SourceEvent.EdgesLost.class::isInstance)).hasSize(1);
            assertThat(source.await(Duration.ZERO).stateAfter().edges().orElseThrow().edge())
                    .isEqualTo(Integer.MAX_VALUE + 3L);
        }
    }
}
