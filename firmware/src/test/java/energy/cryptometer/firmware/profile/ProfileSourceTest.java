package energy.cryptometer.firmware.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.firmware.BoardTime;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceHealth;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileSourceTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir private Path directory;
    private final SimulatedClock clock = SimulatedClock.startingAt(NOW);
    private Profile profile;

    /// One quiet minute, one at 60 kW, one quiet, one at 6 kW: 1,100 pulses.
    @BeforeEach
    void profile() throws IOException {
        Path file = directory.resolve("profile.csv");
        Files.writeString(
                file,
                """
                timestamp_end,watts
                2022-10-02T00:01:00Z,0
                2022-10-02T00:02:00Z,60000
                2022-10-02T00:03:00Z,0
                2022-10-02T00:04:00Z,6000
                """);
        profile =
                ProfileReader.read(
                        file,
                        new ProfileColumns("watts", "timestamp_end"),
                        new PulseConstant(1000));
    }

    private ProfileSource open(SourceState state) {
        return ProfileSource.open(replay(Optional.empty()), clock, new BoardTime(clock), state);
    }

    private ProfileSource.Replay replay(Optional<Instant> start) {
        return new ProfileSource.Replay(profile, TimeLapse.NONE, start);
    }

    private static SourceState take(ProfileSource source, List<Pulse> pulses)
            throws InterruptedException {
        while (true) {
            SourceBatch batch = source.await(Duration.ZERO);
            batch.items().stream()
                    .filter(Pulse.class::isInstance)
                    .map(Pulse.class::cast)
                    .forEach(pulses::add);
            if (batch.isEmpty()) {
                return batch.stateAfter();
            }
            source.acknowledge(batch.stateAfter().count());
        }
    }

    @Test
    void theFirstBatchSaysWhereCountingStarts() throws InterruptedException {
        try (ProfileSource source = open(SourceState.NEVER_STARTED)) {
            SourceBatch first = source.await(Duration.ofSeconds(30));
            assertThat(first.items()).hasSize(1);
            assertThat(first.items().getFirst()).isInstanceOf(SourceEvent.RegisterAnchored.class);
            assertThat(first.stateAfter().anchor().orElseThrow().at().wall()).isEqualTo(NOW);
            assertThat(source.await(Duration.ZERO).isEmpty()).isTrue();
        }
    }

    @Test
    void pulsesCarryTheTimeAtWhichTheyWereDue() throws InterruptedException {
        List<Pulse> pulses = new ArrayList<>();
        try (ProfileSource source = open(SourceState.NEVER_STARTED)) {
            take(source, pulses);
            clock.advance(Duration.ofMillis(60_120));
            take(source, pulses);
        }
        assertThat(pulses).extracting(Pulse::count).containsExactly(1L, 2L);
        assertThat(pulses)
                .extracting(pulse -> pulse.capturedAt().wall())
                .containsExactly(NOW.plusMillis(60_060), NOW.plusMillis(60_120));
        assertThat(pulses.getFirst().capturedAt().bootNanos()).isEqualTo(60_060_000_000L);
    }

    @Test
    void aLongBacklogComesInFullBatchesAndTheProfileEnds() throws InterruptedException {
        try (ProfileSource source = open(SourceState.NEVER_STARTED)) {
            clock.advance(Duration.ofDays(1));
            assertThat(source.await(Duration.ofSeconds(30)).items())
                    .hasSize(SourceBatch.MOST_ITEMS);
            assertThat(source.ended()).isFalse();
            SourceBatch last = source.await(Duration.ofSeconds(30));
            assertThat(last.stateAfter().count()).isEqualTo(1100);
            source.acknowledge(1100);
            assertThat(source.ended()).isTrue();
            assertThat(source.health().line()).isEqualTo("profile ended after 1100 pulses");
            assertThat(source.health().condition()).isEqualTo(SourceHealth.Condition.GOOD);
            assertThat(source.await(Duration.ZERO).isEmpty()).isTrue();
        }
    }

    /// Whenever the program is killed, it sees the same pulses at the same times.
    @Test
    void anyNumberOfRestartsGivesTheSamePulses() throws InterruptedException {
        List<Pulse> expected = new ArrayList<>();
        try (ProfileSource source = open(SourceState.NEVER_STARTED)) {
            SourceState _ = take(source, expected);
            clock.advance(Duration.ofMinutes(5));
            take(source, expected);
        }
        SimulatedClock second = SimulatedClock.startingAt(NOW);
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<Pulse> pulses = new ArrayList<>();
        SourceState state = SourceState.NEVER_STARTED;
        while (state.count() < 1100) {
            try (ProfileSource source =
                    ProfileSource.open(
                            replay(Optional.empty()), second, new BoardTime(second), state)) {
                state = take(source, pulses);
                second.advance(Duration.ofMillis(random.nextInt(5_000)));
                state = take(source, pulses);
                // Taken and lost with the program before it was stored:
                second.advance(Duration.ofMillis(random.nextInt(5_000)));
                source.await(Duration.ZERO);
            }
            if (random.nextInt(4) == 0) {
                second.reboot(Duration.ofMillis(random.nextInt(20_000)));
            }
        }
        assertThat(pulses)
                .as("replay with -Dseed=%d", seed)
                .extracting(Pulse::count)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 1100).boxed().toList());
        assertThat(pulses)
                .extracting(pulse -> pulse.capturedAt().wall())
                .containsExactlyElementsOf(
                        expected.stream().map(pulse -> pulse.capturedAt().wall()).toList());
    }

    @Test
    void aConfiguredStartIsKeptAndAnotherOneRefused() throws InterruptedException {
        Instant start = NOW.plusSeconds(10);
        SourceState state;
        try (ProfileSource source =
                ProfileSource.open(
                        replay(Optional.of(start)),
                        clock,
                        new BoardTime(clock),
                        SourceState.NEVER_STARTED)) {
            state = source.await(Duration.ZERO).stateAfter();
            assertThat(state.anchor().orElseThrow().at().wall()).isEqualTo(start);
        }
        open(state).close();
        assertThatThrownBy(() ->
                        ProfileSource.open(
                                replay(Optional.of(NOW)), clock, new BoardTime(clock), state))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("began at " + start);
    }

    @Test
    void aShorterFileThanTheJournalKnowsIsRefused() {
        assertThatThrownBy(() -> open(new SourceState(1101, Optional.empty())))
                .hasMessageContaining("has 1100 pulses, the journal holds 1101");
    }

    @Test
    void onlyWhatWasGivenCanBeAcknowledged() throws InterruptedException {
        try (ProfileSource source = open(SourceState.NEVER_STARTED)) {
            clock.advance(Duration.ofMillis(60_120));
            source.await(Duration.ZERO);
            assertThatThrownBy(() -> source.acknowledge(3)).hasMessageContaining("given up to 2");
            source.acknowledge(2);
        }
    }

    @Test
    void aFasterReplayIsAnotherSource() {
        ProfileSource.Replay slow = replay(Optional.empty());
        ProfileSource.Replay fast =
                new ProfileSource.Replay(
                        profile, new TimeLapse(new BigDecimal("8640")), Optional.empty());
        assertThat(fast.fingerprint()).isNotEqualTo(slow.fingerprint());
        assertThat(fast.fingerprint()).endsWith("column watts time_lapse 8640");
        assertThat(profile.dueMillis(1100, fast.lapse())).isEqualTo(28);
    }

    @Test
    void closingEndsAWait() throws InterruptedException {
        ProfileSource source = open(SourceState.NEVER_STARTED);
        SourceBatch _ = source.await(Duration.ZERO);
        Thread closer = Thread.ofPlatform().start(source::close);
        assertThat(source.await(Duration.ofDays(1)).isEmpty()).isTrue();
        closer.join();
        source.close();
        assertThat(source.health().condition()).isEqualTo(SourceHealth.Condition.LOST);
        assertThat(source.description()).contains("profile.csv").contains("4 rows");
    }
}
