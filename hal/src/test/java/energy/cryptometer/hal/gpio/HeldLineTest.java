package energy.cryptometer.hal.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.edge.PulseRule;
import energy.cryptometer.hal.gpio.InputStore.HoldNote;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.PulseSourceContract;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent.NotListening;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// After a power cut: the line was requested before the program had started.
final class HeldLineTest {
    private static final GpioInput INPUT =
            new GpioInput(
                    "/dev/gpiochip0", "17", true, GpioInput.Bias.PULL_UP, PulseRule.USUAL, 36_000);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final SimulatedClock board =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));
    private final EventClock clock = EventClock.of(board, () -> board.read().bootNanos());
    private final PlayedLine line = new PlayedLine();
    private final KeptInMemory store = new KeptInMemory();
    private SourceState state = SourceState.NEVER_STARTED;

    @BeforeEach
    void onePulseAndThenNoPower() throws InterruptedException {
        board.advance(Duration.ofSeconds(10));
        try (PulseSource source = open(state)) {
            pulses(1);
            state = PulseSourceContract.take(source, 1, new ArrayList<>());
            source.acknowledge(1);
        }
        store.forget();
        board.reboot(Duration.ofMinutes(10));
        board.advance(Duration.ofSeconds(6));
    }

    @AfterEach
    void close() {
        store.close();
        line.close();
    }

    private PulseSource open(SourceState from) {
        return GpioPulseSource.open(INPUT, line, store, clock, from);
    }

    private void pulses(int pulses) {
        for (int i = 0; i < pulses; i++) {
            line.edge(board.read().bootNanos(), true);
            board.advance(Duration.ofMillis(60));
            line.edge(board.read().bootNanos(), false);
            board.advance(Duration.ofMillis(60));
        }
    }

    /// The line is requested now, in that boot, as that input.
    private long isHeld(UUID boot, String label) {
        LineRequest held = line.request();
        long since = board.read().bootNanos();
        store.holds(new InputStore.Held(held.descriptor(), new HoldNote(boot, since, label)));
        held.close();
        return since;
    }

    private static List<SourceItem> items(PulseSource source, int enough)
            throws InterruptedException {
        List<SourceItem> items = new ArrayList<>();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (items.size() < enough) {
            assertThat(System.nanoTime()).as("only %s", items).isLessThan(deadline);
            SourceBatch batch = source.await(Duration.ofSeconds(1));
            items.addAll(batch.items());
        }
        return items;
    }

    @Test
    void whatPulsedBeforeTheProgramHadStartedIsCounted() throws InterruptedException {
        long since = isHeld(board.read().bootId(), INPUT.label());
        pulses(100);
        board.advance(Duration.ofSeconds(20));
        try (PulseSource source = open(state)) {
            List<SourceItem> items = items(source, 101);
            NotListening missed = (NotListening) items.getFirst();
            assertThat(missed.reason()).isEqualTo("power was off");
            assertThat(missed.since()).isEqualTo(state.edges().orElseThrow().at());
            assertThat(missed.capturedAt().bootNanos()).isEqualTo(since);
            assertThat(((Pulse) items.getLast()).count()).isEqualTo(101);
        }
        assertThat(line.requests()).isEqualTo(2);
    }

    @Test
    void aProgramThatDiesBeforeItsFirstCommitLeavesAllToTheNext() throws InterruptedException {
        long since = isHeld(board.read().bootId(), INPUT.label());
        pulses(5);
        try (PulseSource source = open(state)) {
            assertThat(items(source, 6)).hasSize(6);
        }
        pulses(5);
        try (PulseSource source = open(state)) {
            List<SourceItem> items = items(source, 11);
            assertThat(((NotListening) items.getFirst()).capturedAt().bootNanos()).isEqualTo(since);
            assertThat(((Pulse) items.getLast()).count()).isEqualTo(11);
        }
    }

    @Test
    void aLineHeldAsAnotherInputIsRequestedAnew() throws InterruptedException {
        isHeld(board.read().bootId(), INPUT.label() + " inverted");
        pulses(3);
        assertRequestedAnew("the input was set up anew");
    }

    @Test
    void aLineHeldInAnotherBootIsRequestedAnew() throws InterruptedException {
        isHeld(UUID.randomUUID(), INPUT.label());
        pulses(3);
        assertRequestedAnew("power was off");
    }

    private void assertRequestedAnew(String reason) throws InterruptedException {
        try (PulseSource source = open(state)) {
            pulses(1);
            List<SourceItem> items = items(source, 2);
            assertThat(((NotListening) items.getFirst()).reason()).isEqualTo(reason);
            assertThat(((Pulse) items.getLast()).count()).isEqualTo(2);
        }
        assertThat(line.requests()).isEqualTo(3);
    }

    @Test
    void aJournalThatNeverListenedBeginsWhenItIsOpened() throws InterruptedException {
        isHeld(board.read().bootId(), INPUT.label());
        pulses(3);
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            pulses(1);
            assertThat(((Pulse) items(source, 1).getFirst()).count()).isEqualTo(1);
        }
        assertThat(line.requests()).isEqualTo(3);
    }
}
