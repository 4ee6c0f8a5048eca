package energy.cryptometer.hal.meter.counting;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.ClockQuality;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.meter.counting.VirtualPulses.Step;
import energy.cryptometer.hal.meter.polling.MeterRating;
import energy.cryptometer.hal.meter.polling.RegisterReading;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class VirtualPulsesTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final MeterRating RATING = new MeterRating(1_000, 10_000);

    private final SimulatedClock clock =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));
    private final VirtualPulses pulses = new VirtualPulses(RATING);

    private RegisterReading reading(long milliwattHours) {
        return new RegisterReading(milliwattHours, 1, clock.read());
    }

    private SourceState anchoredAt(long milliwattHours) {
        return new SourceState(
                7, Optional.of(new SourceState.Anchor(milliwattHours, clock.read())));
    }

    @Test
    void theFirstReadingIsWhereCountingStarts() {
        Step step = pulses.step(SourceState.NEVER_STARTED, reading(5_000_999));
        assertThat(step)
                .isEqualTo(
                        new Step.Anchored(
                                new SourceEvent.RegisterAnchored(clock.read(), 5_000_999),
                                new SourceState(
                                        0,
                                        Optional.of(
                                                new SourceState.Anchor(5_000_999, clock.read())))));
    }

    @Test
    void aPulseIsGivenWhenTheRegisterPassesAWholeQuantum() {
        SourceState state = anchoredAt(5_000_999);
        assertThat(pulses.step(state, reading(5_000_999))).extracting("pulses").isEqualTo(0L);
        assertThat(pulses.step(state, reading(5_001_000))).extracting("pulses").isEqualTo(1L);
        assertThat(pulses.step(state, reading(5_001_999))).extracting("pulses").isEqualTo(1L);
        assertThat(pulses.step(state, reading(5_002_000))).extracting("pulses").isEqualTo(2L);
    }

    @Test
    void howeverOftenTheRegisterIsReadTheSumIsTheSame() {
        Random random = new Random(SEED);
        for (int run = 0; run < 300; run++) {
            MeterRating rating = new MeterRating(random.nextInt(1, 1_000_001), 1_000_000_000);
            VirtualPulses virtual = new VirtualPulses(rating);
            long start = random.nextLong(1_000_000_000_000L);
            long register = start;
            SourceState state = anchoredAt(start);
            for (int i = 0; i < 50; i++) {
                register += random.nextLong(1L << random.nextInt(1, 31));
                clock.advance(Duration.ofSeconds(60));
                if (virtual.step(state, reading(register))
                        instanceof Step.Grew(long grown, SourceState after)) {
                    assertThat(after.count()).isEqualTo(state.count() + grown);
                    state = after;
                }
            }
            assertThat(state.count() - 7)
                    .as("seed %d, run %d, %s", SEED, run, rating)
                    .isEqualTo(rating.pulsesAt(register) - rating.pulsesAt(start));
        }
    }

    @Test
    void aRestartBetweenAnyTwoBatchesLosesAndDoublesNothing() {
        Random random = new Random(SEED);
        for (int run = 0; run < 50; run++) {
            MeterRating rating = new MeterRating(random.nextInt(1, 1_000_001), 1_000_000_000);
            VirtualPulses virtual = new VirtualPulses(rating);
            long start = random.nextLong(1_000_000_000_000L);
            SourceState state = anchoredAt(start);
            RegisterReading now = reading(start + random.nextLong(5_000 * rating.quantum()));
            List<Long> counts = new ArrayList<>();
            while (virtual.step(state, now) instanceof Step.Grew(long left, SourceState target)
                    && left > 0) {
                SourceBatch batch = virtual.batch(state, target, now.at());
                batch.items().forEach(item -> counts.add(((Pulse) item).count()));
                state = batch.stateAfter(); // as stored; the next step starts from nothing else
            }
            long expected = rating.pulsesAt(now.milliwattHours()) - rating.pulsesAt(start);
            assertThat(counts)
                    .as("seed %d, run %d, %s", SEED, run, rating)
                    .isEqualTo(LongStream.rangeClosed(8, 7 + expected).boxed().toList());
        }
    }

    @Test
    void allPulsesOfAReadingCarryItsTime() {
        SourceState state = anchoredAt(0);
        clock.advance(Duration.ofSeconds(30));
        RegisterReading now = reading(3_000);
        Step.Grew grew = (Step.Grew) pulses.step(state, now);
        assertThat(pulses.batch(state, grew.after(), now.at()).items())
                .extracting(SourceItem::capturedAt)
                .containsExactly(clock.read(), clock.read(), clock.read());
    }

    @Test
    void aSmallFallKeepsTheOldAnchorSoThatNothingIsCountedTwice() {
        SourceState state = anchoredAt(20_000_000);
        assertThat(pulses.step(state, reading(10_000_000)))
                .isEqualTo(
                        new Step.Suspect(
                                new SourceEvent.RegisterWentBack(
                                        clock.read(), 20_000_000, 10_000_000, 20_000_000),
                                state));
    }

    @Test
    void aLargeFallIsAnotherMeterAndCountsFromThere() {
        SourceState state = anchoredAt(20_000_000);
        assertThat(pulses.step(state, reading(9_999_999)))
                .isEqualTo(
                        new Step.Suspect(
                                new SourceEvent.RegisterWentBack(
                                        clock.read(), 20_000_000, 9_999_999, 9_999_999),
                                anchoredAt(9_999_999)));
    }

    @Test
    void aJumpBeyondRatedPowerIsNotEnergy() {
        SourceState state = anchoredAt(0);
        clock.advance(Duration.ofHours(1));
        long allowed = RATING.believableGrowth(Duration.ofHours(1), 1);
        assertThat(pulses.step(state, reading(allowed))).isInstanceOf(Step.Grew.class);
        assertThat(pulses.step(state, reading(allowed + 1)))
                .isEqualTo(
                        new Step.Suspect(
                                new SourceEvent.RegisterJumped(
                                        clock.read(), 0, allowed + 1, allowed),
                                new SourceState(
                                        7,
                                        Optional.of(
                                                new SourceState.Anchor(
                                                        allowed + 1, clock.read())))));
    }

    @Test
    void overARebootGrowthWaitsForASynchronisedClock() {
        SourceState state = anchoredAt(0);
        clock.reboot(Duration.ofHours(1));
        clock.becomes(ClockQuality.INFORMATIVE);
        assertThat(pulses.step(state, reading(10_000_000))).isInstanceOf(Step.Undecided.class);
        assertThat(pulses.step(state, reading(10_000))).isInstanceOf(Step.Grew.class);
        clock.becomes(ClockQuality.SYNCHRONISED);
        assertThat(pulses.step(state, reading(10_000_000))).extracting("pulses").isEqualTo(10_000L);
        assertThat(pulses.step(state, reading(13_000_000))).isInstanceOf(Step.Suspect.class);
    }

    @Test
    void afterABootWithoutAClockOnlyTheTimeSincePowerOnCounts() {
        clock.becomes(ClockQuality.UNKNOWN);
        clock.stepWall(Duration.ofDays(-20_000));
        SourceState state = anchoredAt(0);
        clock.reboot(Duration.ofHours(1));
        clock.stepWall(Duration.ofDays(20_000));
        clock.becomes(ClockQuality.SYNCHRONISED);
        clock.advance(Duration.ofMinutes(30));
        assertThat(pulses.step(state, reading(6_000_000))).isInstanceOf(Step.Grew.class);
        assertThat(pulses.step(state, reading(7_000_000))).isInstanceOf(Step.Suspect.class);
    }

    @Test
    void aWallClockStepWithinABootChangesNothing() {
        SourceState state = anchoredAt(0);
        clock.stepWall(Duration.ofDays(300));
        assertThat(pulses.step(state, reading(1_000_000))).isInstanceOf(Step.Suspect.class);
        clock.stepWall(Duration.ofDays(-600));
        clock.advance(Duration.ofHours(1));
        assertThat(pulses.step(state, reading(1_000_000))).isInstanceOf(Step.Grew.class);
    }
}
