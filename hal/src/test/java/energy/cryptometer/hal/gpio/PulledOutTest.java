package energy.cryptometer.hal.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.edge.PulseRule;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.ReopeningSource;
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
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A GPIO expander on USB is pulled out and comes back while the program runs.
@Timeout(60)
final class PulledOutTest {
    private static final GpioInput INPUT =
            new GpioInput(
                    "/dev/gpiochip4", "3", false, GpioInput.Bias.AS_IS, PulseRule.USUAL, 36_000);

    private final SimulatedClock board =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));
    private final EventClock clock = EventClock.of(board, () -> board.read().bootNanos());
    private final PlayedLine line = new PlayedLine();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private volatile boolean plugged = true;
    private SourceState durable = SourceState.NEVER_STARTED;

    PulledOutTest() {
        board.advance(Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        line.close();
    }

    /// What an earlier process left is taken once; what this process keeps, the next one gets.
    private static final class NothingLeft implements InputStore {
        @Override
        public Optional<Left> take() {
            return Optional.empty();
        }

        @Override
        public void keep(Kept kept) {}

        @Override
        public void forget() {}

        @Override
        public boolean survives() {
            return true;
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }
    }

    private LineRequest request() {
        if (!plugged) {
            throw new GpioException("GPIO chip /dev/gpiochip4 cannot be opened (ENOENT)");
        }
        return line.request();
    }

    private PulseSource open() {
        return ReopeningSource.open(
                new ReopeningSource.Input(
                        INPUT.where(),
                        state ->
                                GpioPulseSource.open(
                                        INPUT, this::request, new NothingLeft(), clock, state)),
                durable,
                board,
                said::add,
                new ReopeningSource.Pauses(Duration.ofMillis(1), Duration.ofMillis(5)));
    }

    private void pulses(int pulses) {
        for (int i = 0; i < 2 * pulses; i++) {
            line.edge(board.read().bootNanos(), i % 2 == 0);
            board.advance(Duration.ofMillis(60));
        }
    }

    private List<SourceItem> take(PulseSource source, int wanted) throws InterruptedException {
        List<SourceItem> items = new ArrayList<>();
        while (items.size() < wanted) {
            SourceBatch batch = source.await(Duration.ofSeconds(1));
            items.addAll(batch.items());
            if (!batch.isEmpty()) {
                source.acknowledge(batch.stateAfter().count());
                durable = batch.stateAfter();
            }
        }
        return items;
    }

    @Test
    void everyEdgeReadBeforeIsCountedAndTheCountGoesOnAfterwards() throws InterruptedException {
        int before = SourceBatch.MOST_ITEMS + 200; // more than one batch waits when it goes
        try (PulseSource source = open()) {
            BoardClock.Reading listened =
                    source.await(Duration.ZERO).stateAfter().edges().get().at();
            pulses(before);
            plugged = false;
            line.pulledOut();
            List<SourceItem> items = take(source, before + 1);
            assertThat(items.subList(0, before)).allMatch(Pulse.class::isInstance);
            assertThat(items.getLast())
                    .isInstanceOfSatisfying(
                            SourceEvent.LineLost.class,
                            lost -> assertThat(lost.reason()).contains("0 bytes"));
            SourceBatch nothing = source.await(Duration.ofMillis(20));
            assertThat(nothing.isEmpty()).isTrue();
            assertThat(source.health().condition()).isEqualTo(Condition.LOST);
            assertThat(source.health().line())
                    .startsWith("line 3 of /dev/gpiochip4 does not count: ")
                    .contains("tried again");
            board.advance(Duration.ofMinutes(7));
            plugged = true;
            List<SourceItem> back = take(source, 2);
            assertThat(back.getFirst()).isInstanceOf(SourceEvent.LineRestored.class);
            SourceEvent.NotListening gap = (SourceEvent.NotListening) back.getLast();
            assertThat(gap.reason()).isEqualTo("the input was away");
            assertThat(gap.since()).isEqualTo(nothing.stateAfter().edges().orElseThrow().at());
            assertThat(gap.since().bootNanos()).isGreaterThanOrEqualTo(listened.bootNanos());
            assertThat(gap.capturedAt()).isEqualTo(board.read());
            pulses(1);
            assertThat(((Pulse) take(source, 1).getFirst()).count()).isEqualTo(before + 1);
            assertThat(source.health().condition()).isEqualTo(Condition.GOOD);
        }
        assertThat(said).hasSize(2);
        assertThat(line.requests()).isEqualTo(2);
    }

    @Test
    void aChipThatComesLateCountsFromThenOnAndTheGapBeginsWithTheLastProgram()
            throws InterruptedException {
        try (PulseSource source = open()) {
            pulses(1);
            assertThat(take(source, 1)).hasSize(1);
        }
        plugged = false;
        board.advance(Duration.ofMinutes(1));
        try (PulseSource source = open()) {
            assertThat(take(source, 1).getFirst()).isInstanceOf(SourceEvent.LineLost.class);
            BoardClock.Reading since = durable.edges().orElseThrow().at();
            board.advance(Duration.ofMinutes(1));
            plugged = true;
            List<SourceItem> back = take(source, 2);
            assertThat(back.getLast())
                    .isEqualTo(
                            new SourceEvent.NotListening(
                                    board.read(), since, "the input was away"));
            pulses(1);
            assertThat(((Pulse) take(source, 1).getFirst()).count()).isEqualTo(2);
        }
    }
}
