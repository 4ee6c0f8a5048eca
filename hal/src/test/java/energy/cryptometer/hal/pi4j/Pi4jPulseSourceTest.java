package energy.cryptometer.hal.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.edge.PulseRule;
import energy.cryptometer.hal.gpio.GpioInput;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.PulseSourceContract;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceHealth.Condition;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class Pi4jPulseSourceTest implements PulseSourceContract {
    private static final Instant NOON = Instant.parse("2026-06-21T12:00:00Z");
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int LINE = 17;

    private final SimulatedClock clock = SimulatedClock.startingAt(NOON);
    private final MockBoard board = new MockBoard();
    private final GpioInput input =
            new GpioInput(
                    "/dev/gpiochip0", "17", true, GpioInput.Bias.PULL_UP, PulseRule.USUAL, 36_000);

    Pi4jPulseSourceTest() {
        clock.advance(Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        board.close();
    }

    /// The contact is open: with a pull-up the line is high.
    @Override
    public PulseSource open(SourceState state) {
        PulseSource source = Pi4jPulseSource.open(board.board(), input, clock, state);
        board.input(LINE, true);
        return source;
    }

    @Override
    public void meterPulses(int pulses) {
        for (int i = 0; i < pulses; i++) {
            pulse(60, 60);
        }
    }

    private void pulse(long widthMillis, long pauseMillis) {
        board.input(LINE, false);
        clock.advance(Duration.ofMillis(widthMillis));
        board.input(LINE, true);
        clock.advance(Duration.ofMillis(pauseMillis));
    }

    private static List<SourceItem> now(PulseSource source) throws InterruptedException {
        return source.await(Duration.ZERO).items();
    }

    @Test
    void aPulseIsDatedByTheMomentTheProgramHeardOfItsFirstEdge() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            clock.advance(Duration.ofMillis(500));
            meterPulses(1);
            clock.advance(Duration.ofHours(1));
            Pulse pulse = (Pulse) now(source).getFirst();
            assertThat(pulse.capturedAt().wall()).isEqualTo(NOON.plusMillis(10_500));
            assertThat(pulse.capturedAt().bootNanos()).isEqualTo(10_500_000_000L);
        }
    }

    @Test
    void pulsesOfAnyWidthCountWhenTheFilterSaysSo() throws InterruptedException {
        RandomGenerator random = new SplittableRandom(SEED);
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            long expected = 0;
            for (int i = 0; i < 300; i++) {
                long width = random.nextLong(1, 60);
                expected += width >= PulseRule.USUAL.width().toMillis() ? 1 : 0;
                pulse(width, random.nextLong(6, 200));
            }
            clock.advance(Duration.ofSeconds(1));
            long counted = 0;
            for (List<SourceItem> items = now(source); !items.isEmpty(); items = now(source)) {
                counted += items.stream().filter(Pulse.class::isInstance).count();
            }
            assertThat(counted).as("seed %d", SEED).isEqualTo(expected);
        }
    }

    @Test
    void everyStartSaysSinceWhenNobodyListened() throws InterruptedException {
        SourceState state;
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            meterPulses(2);
            state = PulseSourceContract.take(source, 2, new ArrayList<>());
            assertThat(state.edges().orElseThrow().at()).isEqualTo(clock.read());
        }
        clock.advance(Duration.ofSeconds(3));
        try (PulseSource source = open(state)) {
            SourceEvent.NotListening told = (SourceEvent.NotListening) now(source).getFirst();
            assertThat(told.since()).isEqualTo(state.edges().orElseThrow().at());
            assertThat(told.capturedAt()).isEqualTo(clock.read());
            assertThat(told.reason()).isEqualTo("the program was not running");
            assertThat(now(source)).isEmpty();
            state = source.await(Duration.ZERO).stateAfter();
        }
        clock.reboot(Duration.ofMinutes(5));
        try (PulseSource source = open(state)) {
            assertThat(((SourceEvent.NotListening) now(source).getFirst()).reason())
                    .isEqualTo("power was off");
            meterPulses(1);
            assertThat(((Pulse) now(source).getFirst()).count()).isEqualTo(3);
        }
    }

    @Test
    void aFirstStartHasNobodyToMiss() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            assertThat(now(source)).isEmpty();
        }
    }

    @Test
    void whatFindsNoRoomIsTold() {
        EdgeQueue queue = new EdgeQueue(clock, 4);
        Pi4jPulseCounter counting = new Pi4jPulseCounter(input, 0);
        for (int i = 0; i < 10; i++) {
            queue.changed(i % 2 == 0);
            clock.advance(Duration.ofMillis(60));
        }
        assertThat(counting.fold(queue.take(100))).hasSize(2);
        queue.changed(true);
        assertThat(counting.fold(queue.take(100)))
                .singleElement()
                .isInstanceOfSatisfying(
                        SourceEvent.EdgesLost.class,
                        lost -> {
                            assertThat(lost.first()).isEqualTo(5);
                            assertThat(lost.edges()).isEqualTo(6);
                        });
    }

    @Test
    void aWaitingReaderWakesUpForAPulse() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            Thread meter = Thread.ofVirtual().start(() -> meterPulses(1));
            List<Pulse> pulses = new ArrayList<>();
            PulseSourceContract.take(source, 1, pulses);
            assertThat(pulses).hasSize(1);
            meter.join();
        }
    }

    @Test
    void aContactThatStaysClosedCountsOnceAndIsDoubtful() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            board.input(LINE, false);
            clock.advance(Duration.ofSeconds(6));
            assertThat(now(source)).hasSize(1);
            assertThat(source.health().condition()).isEqualTo(Condition.DOUBTFUL);
            assertThat(source.health().line()).contains("active since 2026-06-21T12:00:10Z");
        }
    }

    @Test
    void theTimeFromDecisionToAcknowledgementIsMeasured() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            meterPulses(1);
            assertThat(now(source)).hasSize(1);
            clock.advance(Duration.ofSeconds(1));
            source.acknowledge(1);
            // decided 25 ms after the first edge, 95 ms before the end of the pause
            assertThat(source.health().counters())
                    .containsEntry("captureToDurableMicrosMax", 1_095_000L);
        }
    }

    @Test
    void itSaysWhatItCannotDo() {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            assertThat(source.description())
                    .contains("no kernel times")
                    .contains("no edge numbers")
                    .contains("nothing survives a restart");
            assertThat(source.health().condition()).isEqualTo(Condition.GOOD);
            assertThat(source.health().line()).contains("lost edges go unseen");
            assertThat(source.health().counters()).containsEntry("edges", 0L);
        }
        assertThat(board.isOpen(LINE)).isFalse();
    }

    @Test
    void aLineIsGivenOnce() {
        try (PulseSource _ = open(SourceState.NEVER_STARTED)) {
            assertThatThrownBy(() -> open(SourceState.NEVER_STARTED))
                    .isInstanceOf(Pi4jException.class)
                    .hasMessageContaining("no input at line 17 of /dev/gpiochip0")
                    .hasMessageNotContaining("\n");
        }
    }
}
