package energy.cryptometer.hal.meter.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.meter.model.MeterModel;
import energy.cryptometer.hal.meter.polling.MeterOnBus;
import energy.cryptometer.hal.meter.polling.MeterRating;
import energy.cryptometer.hal.meter.polling.PollSchedule;
import energy.cryptometer.hal.meter.polling.RegisterReader;
import energy.cryptometer.hal.meter.polling.SimulatedLine;
import energy.cryptometer.hal.modbus.ReadResponse;
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
import org.junit.jupiter.api.Test;

final class ModbusMeterSourceTest implements PulseSourceContract {
    private static final Duration AT_ONCE = Duration.ofNanos(1);

    private final SimulatedClock clock =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));
    private final SimulatedLine line = new SimulatedLine(1_000_000);

    private PulseSource open(int pulsesPerKilowattHour, SourceState state) {
        return ModbusMeterSource.open(
                new MeterOnBus(
                        SimulatedLine.MODEL,
                        1,
                        MeterModel.Direction.EXPORT,
                        new MeterRating(pulsesPerKilowattHour, 10_000)),
                line,
                clock,
                state,
                AT_ONCE);
    }

    @Override
    public PulseSource open(SourceState state) {
        return open(1_000, state);
    }

    @Override
    public void meterPulses(int pulses) {
        clock.advance(Duration.ofHours(1));
        line.grow(pulses);
    }

    /// The next item; fails when none comes.
    private static SourceItem next(PulseSource source) throws InterruptedException {
        SourceBatch batch = source.await(ENOUGH);
        assertThat(batch.items()).hasSize(1);
        return batch.items().getFirst();
    }

    private PulseSource anchored() throws InterruptedException {
        PulseSource source = open(SourceState.NEVER_STARTED);
        assertThat(next(source))
                .isEqualTo(new SourceEvent.RegisterAnchored(clock.read(), 1_000_000_000));
        return source;
    }

    @Test
    void growthBecomesPulsesAndTheStateFollowsTheRegister() throws InterruptedException {
        try (PulseSource source = anchored()) {
            clock.advance(Duration.ofSeconds(10));
            line.grow(2);
            SourceBatch batch = source.await(ENOUGH);
            assertThat(batch.items())
                    .containsExactly(new Pulse(1, clock.read()), new Pulse(2, clock.read()));
            assertThat(batch.stateAfter().anchor().orElseThrow().register())
                    .isEqualTo(1_000_002_000);
            assertThat(source.health().condition()).isEqualTo(Condition.GOOD);
        }
    }

    @Test
    void nothingNewIsAnEmptyBatchWithTheStateAsItWas() throws InterruptedException {
        try (PulseSource source = anchored()) {
            SourceBatch batch = source.await(Duration.ofMillis(5));
            assertThat(batch.isEmpty()).isTrue();
            assertThat(batch.stateAfter().count()).isZero();
        }
    }

    @Test
    void whatWasNotStoredIsGivenAgain() throws InterruptedException {
        SourceState stored;
        try (PulseSource source = anchored()) {
            clock.advance(Duration.ofSeconds(10));
            line.grow(1);
            stored = source.await(ENOUGH).stateAfter();
            line.grow(2);
            assertThat(source.await(ENOUGH).items()).extracting("count").containsExactly(2L, 3L);
        }
        line.grow(1);
        try (PulseSource source = open(stored)) {
            assertThat(source.await(ENOUGH).items())
                    .extracting("count")
                    .containsExactly(2L, 3L, 4L);
        }
    }

    @Test
    void aSilentMeterIsReportedOnceAndLosesNothing() throws InterruptedException {
        try (PulseSource source = anchored()) {
            clock.advance(Duration.ofMinutes(10));
            line.grow(5);
            line.fail(RegisterReader.ATTEMPTS * 4, SimulatedLine.silence());
            assertThat(next(source))
                    .isInstanceOfSatisfying(
                            SourceEvent.LineLost.class,
                            event -> assertThat(event.reason()).contains("no answer within 1000"));
            assertThat(source.health().condition()).isEqualTo(Condition.LOST);
            assertThat(next(source)).isInstanceOf(SourceEvent.LineRestored.class);
            assertThat(source.await(ENOUGH).items()).hasSize(5);
            assertThat(source.health().counters())
                    .containsEntry("timeouts", 12L)
                    .containsEntry("failed_polls", 4L);
        }
    }

    @Test
    void aSpoiltFrameIsAskedForAgain() throws InterruptedException {
        try (PulseSource source = anchored()) {
            line.fail(2, new ReadResponse.BadFrame(true, "check sum is wrong"));
            line.grow(1);
            assertThat(source.await(ENOUGH).items()).hasSize(1);
            assertThat(source.health().counters())
                    .containsEntry("bad_frames", 2L)
                    .containsEntry("crc_errors", 2L)
                    .containsEntry("failed_polls", 0L);
        }
    }

    @Test
    void aRefusalOfTheMeterIsNamed() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            line.fail(9, new ReadResponse.ExceptionResponse(2));
            assertThat(next(source).toString()).contains("illegal data address");
            assertThat(source.health().counters()).containsEntry("exceptions", 9L);
        }
    }

    @Test
    void aRegisterThatIsNotAvailableIsNotZero() throws InterruptedException {
        try (PulseSource source = anchored()) {
            line.fail(9, SimulatedLine.showing(Long.MIN_VALUE));
            assertThat(next(source).toString()).contains("not available", "EXPORT");
            assertThat(source.health().counters()).containsEntry("not_available", 9L);
            assertThat(next(source)).isInstanceOf(SourceEvent.LineRestored.class);
        }
    }

    @Test
    void oneWrongReadingChangesNothing() throws InterruptedException {
        try (PulseSource source = anchored()) {
            line.fail(1, SimulatedLine.showing(0));
            line.fail(1, SimulatedLine.showing(77_000_000));
            line.fail(1, SimulatedLine.showing(3));
            line.grow(1);
            assertThat(next(source)).isEqualTo(new Pulse(1, clock.read()));
            assertThat(source.health().counters()).containsEntry("suspect_readings", 3L);
        }
    }

    @Test
    void aRegisterThatJumpsBackIsAnEventAndCountingGoesOnFromThere() throws InterruptedException {
        try (PulseSource source = anchored()) {
            line.grow(-900_000);
            assertThat(next(source))
                    .isEqualTo(
                            new SourceEvent.RegisterWentBack(
                                    clock.read(), 1_000_000_000, 100_000_000, 100_000_000));
            clock.advance(Duration.ofSeconds(1));
            line.grow(1);
            assertThat(next(source)).isEqualTo(new Pulse(1, clock.read()));
        }
    }

    @Test
    void afterASmallFallCountingWaitsForTheOldRegister() throws InterruptedException {
        try (PulseSource source = anchored()) {
            line.grow(-5);
            assertThat(next(source))
                    .isEqualTo(
                            new SourceEvent.RegisterWentBack(
                                    clock.read(), 1_000_000_000, 999_995_000, 1_000_000_000));
            line.grow(4);
            assertThat(source.await(Duration.ofMillis(20)).isEmpty()).isTrue();
            assertThat(source.health().condition()).isEqualTo(Condition.DOUBTFUL);
            line.grow(2);
            assertThat(next(source)).isEqualTo(new Pulse(1, clock.read()));
        }
    }

    @Test
    void aJumpBeyondRatedPowerIsAnEventAndNotEnergy() throws InterruptedException {
        try (PulseSource source = anchored()) {
            line.grow(500_000);
            assertThat(next(source))
                    .isInstanceOfSatisfying(
                            SourceEvent.RegisterJumped.class,
                            jump -> assertThat(jump.now()).isEqualTo(1_500_000_000));
            clock.advance(Duration.ofSeconds(1));
            line.grow(1);
            assertThat(next(source)).isEqualTo(new Pulse(1, clock.read()));
        }
    }

    @Test
    void whatIsCountedWhileAJumpIsConfirmedIsEnergy() throws InterruptedException {
        List<SourceItem> items = new ArrayList<>();
        try (PulseSource source = anchored()) {
            line.fail(1, SimulatedLine.showing(1_500_000));
            line.fail(1, SimulatedLine.showing(1_500_001));
            line.grow(500_003);
            while (items.size() < 4) {
                items.addAll(source.await(ENOUGH).items());
            }
        }
        assertThat(items.getFirst())
                .isInstanceOfSatisfying(
                        SourceEvent.RegisterJumped.class,
                        jump -> assertThat(jump.now()).isEqualTo(1_500_000_000));
        assertThat(items.subList(1, 4)).extracting("count").containsExactly(1L, 2L, 3L);
    }

    @Test
    void aRegisterCoarserThanAPulseIsAWarning() throws InterruptedException {
        try (PulseSource source = open(10_000, SourceState.NEVER_STARTED)) {
            source.await(ENOUGH);
            assertThat(source.health().condition()).isEqualTo(Condition.DOUBTFUL);
            assertThat(source.health().line())
                    .contains("stands at 1000000000 mWh", "steps of 1000 mWh, a pulse is 100 mWh");
        }
    }

    @Test
    void theOtherTotalGrowingAloneIsADoubtUntilTheRightOneGrows() throws InterruptedException {
        line.growOther(1_000_000);
        try (PulseSource source = anchored()) {
            source.await(Duration.ofMillis(5));
            line.growOther(9);
            source.await(Duration.ofMillis(5));
            assertThat(source.health().condition()).isEqualTo(Condition.GOOD);
            line.growOther(1);
            source.await(Duration.ofMillis(5));
            assertThat(source.health().condition()).isEqualTo(Condition.DOUBTFUL);
            assertThat(source.health().line())
                    .contains("import register grows", "by 10000 mWh", "the other way round?");
            line.grow(1);
            source.await(ENOUGH);
            assertThat(source.health().condition()).isEqualTo(Condition.GOOD);
        }
    }

    @Test
    void theNightsConsumptionOfAnOldProducerIsNoDoubt() throws InterruptedException {
        try (PulseSource source = anchored()) {
            source.await(Duration.ofMillis(5));
            line.growOther(500);
            source.await(Duration.ofMillis(5));
            assertThat(source.health().condition()).isEqualTo(Condition.GOOD);
        }
    }

    @Test
    void aClosedSourceSaysSo() {
        PulseSource source = open(SourceState.NEVER_STARTED);
        source.close();
        assertThatThrownBy(() -> source.await(ENOUGH)).hasMessageContaining("is closed");
    }

    @Test
    void aFailingMeterIsAskedEverMoreSeldom() {
        PollSchedule schedule = new PollSchedule(Duration.ofSeconds(1), 0);
        assertThat(schedule.untilNext()).isEqualTo(Duration.ofSeconds(1));
        schedule = schedule.failed().failed();
        assertThat(schedule.untilNext()).isEqualTo(Duration.ofSeconds(4));
        for (int i = 0; i < 100; i++) {
            schedule = schedule.failed();
        }
        assertThat(schedule.untilNext()).isEqualTo(PollSchedule.LONGEST);
        assertThat(schedule.succeeded().untilNext()).isEqualTo(Duration.ofSeconds(1));
    }
}
