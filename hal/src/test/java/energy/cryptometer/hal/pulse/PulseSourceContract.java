package energy.cryptometer.hal.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What holds for every source of pulses. Implementations bring a meter that can be told to pulse.
public interface PulseSourceContract {
    /// Long enough for any machine; nothing waits for it when all is well.
    Duration ENOUGH = Duration.ofSeconds(30);

    /// Opens the source; the first call with [SourceState#NEVER_STARTED].
    PulseSource open(SourceState state);

    /// The meter pulses so many times.
    void meterPulses(int pulses);

    /// The next `pulses` pulses, however many batches they need, and the state after them.
    static SourceState take(PulseSource source, int pulses, List<Pulse> into)
            throws InterruptedException {
        SourceState state = SourceState.NEVER_STARTED;
        int wanted = into.size() + pulses;
        long deadline = System.nanoTime() + ENOUGH.toNanos();
        while (into.size() < wanted) {
            assertThat(System.nanoTime()).as("still waiting for pulses").isLessThan(deadline);
            SourceBatch batch = source.await(Duration.ofSeconds(1));
            batch.items().stream()
                    .filter(Pulse.class::isInstance)
                    .map(Pulse.class::cast)
                    .forEach(into::add);
            state = batch.stateAfter();
        }
        return state;
    }

    private static List<Long> counts(List<Pulse> pulses) {
        return pulses.stream().map(Pulse::count).toList();
    }

    @Test
    default void pulsesComeInOrderAndCountFromOne() throws InterruptedException {
        List<Pulse> pulses = new ArrayList<>();
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            source.await(Duration.ZERO);
            meterPulses(3);
            SourceState state = take(source, 3, pulses);
            assertThat(state.count()).isEqualTo(3);
        }
        assertThat(counts(pulses)).containsExactly(1L, 2L, 3L);
    }

    @Test
    default void aLongBacklogComesInSeveralBatches() throws InterruptedException {
        List<Pulse> pulses = new ArrayList<>();
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            source.await(Duration.ZERO);
            meterPulses(SourceBatch.MOST_ITEMS * 2 + 7);
            take(source, SourceBatch.MOST_ITEMS * 2 + 7, pulses);
        }
        assertThat(counts(pulses))
                .isEqualTo(
                        LongStream.rangeClosed(1, SourceBatch.MOST_ITEMS * 2 + 7).boxed().toList());
    }

    @Test
    default void afterARestartTheCountGoesOn() throws InterruptedException {
        List<Pulse> pulses = new ArrayList<>();
        SourceState state;
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            source.await(Duration.ZERO);
            meterPulses(2);
            state = take(source, 2, pulses);
        }
        try (PulseSource source = open(state)) {
            source.await(Duration.ZERO);
            meterPulses(2);
            take(source, 2, pulses);
        }
        assertThat(counts(pulses)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    default void onlyWhatWasGivenCanBeAcknowledged() throws InterruptedException {
        List<Pulse> pulses = new ArrayList<>();
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            source.await(Duration.ZERO);
            meterPulses(2);
            take(source, 2, pulses);
            source.acknowledge(2);
            assertThatThrownBy(() -> source.acknowledge(3)).hasMessageContaining("given up to 2");
            assertThatThrownBy(() -> source.acknowledge(1)).hasMessageContaining("up to 2");
        }
    }

    @Test
    default void aSourceDescribesItselfInOneLine() {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            assertThat(source.description()).isNotBlank().doesNotContain("\n");
            assertThat(source.health().line()).isNotBlank();
        }
    }

    @Test
    default void closingTwiceIsHarmless() {
        PulseSource source = open(SourceState.NEVER_STARTED);
        source.close();
        source.close();
        assertThat(source.description()).isNotBlank();
    }
}
