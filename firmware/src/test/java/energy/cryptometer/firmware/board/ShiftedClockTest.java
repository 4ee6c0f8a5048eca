package energy.cryptometer.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.firmware.WorkbenchMeter;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.ClockQuality;
import energy.cryptometer.hal.clock.SteadyClock;
import energy.cryptometer.hal.clock.SteadyClock.StepsBack;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transfer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wall time is set, forth and back, by an hour and by a year, while a time service disciplines the
/// clock and while none does, over restarts and boots: no count and no order changes, and every
/// pulse is moved by one transfer. Replay a failure with -Dseed=N.
class ShiftedClockTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final List<Duration> STEPS =
            List.of(Duration.ofHours(1), Duration.ofDays(365), Duration.ofMinutes(15));
    private static final List<ClockQuality> QUALITIES = List.of(ClockQuality.values());
    private static final int HAPPENINGS = 120;

    @TempDir private Path folder;

    private static SteadyClock goOn(WorkbenchMeter meter) {
        Optional<BoardClock.Reading> earlier =
                meter.journal().lastReading(meter.clock.read().bootId());
        return SteadyClock.goingOn(meter.clock, StepsBack.HELD, earlier);
    }

    private static void count(WorkbenchMeter meter, SteadyClock clock) {
        long count = meter.journal().counts().counted() + 1;
        meter.clock.advance(Duration.ofMillis(100));
        meter.journal()
                .append(
                        new SourceBatch(
                                List.of(new Pulse(count, clock.read())),
                                new SourceState(count, Optional.empty())));
    }

    private static SteadyClock happening(
            RandomGenerator random, WorkbenchMeter meter, SteadyClock clock) {
        Duration step = STEPS.get(random.nextInt(STEPS.size()));
        switch (random.nextInt(6)) {
            case 0 -> meter.clock.stepWall(step);
            case 1 -> meter.clock.stepWall(step.negated());
            case 2 -> meter.clock.becomes(QUALITIES.get(random.nextInt(QUALITIES.size())));
            case 3 -> meter.clock.advance(Duration.ofSeconds(random.nextInt(1_200)));
            case 4 -> {
                meter.restart();
                return goOn(meter);
            }
            default -> {
                meter.restart();
                meter.clock.reboot(Duration.ofSeconds(random.nextInt(600)));
                return goOn(meter);
            }
        }
        return clock;
    }

    @Test
    void settingTheClockChangesNoCountAndNoOrder() {
        RandomGenerator random = new SplittableRandom(SEED);
        try (WorkbenchMeter meter = new WorkbenchMeter(folder)) {
            SteadyClock clock = goOn(meter);
            for (int i = 1; i <= HAPPENINGS; i++) {
                clock = happening(random, meter, clock);
                count(meter, clock);
                meter.sign();
                assertThat(meter.journal().counts().counted()).as("seed %d", SEED).isEqualTo(i);
            }
            meter.clock.becomes(ClockQuality.SYNCHRONISED);
            meter.clock.advance(Duration.ofDays(36_500));
            meter.sign();
            assertThat(meter.journal().counts().signed()).as("seed %d", SEED).isEqualTo(HAPPENINGS);
            holds(meter);
        }
    }

    private static long sequence(SignedTransaction transaction) {
        return transaction.content().link().sequence();
    }

    private static void holds(WorkbenchMeter meter) {
        List<SignedTransaction> chain =
                meter.signed(1, meter.journal().cursors().signedSequence()).stream()
                        .sorted(Comparator.comparingLong(ShiftedClockTest::sequence))
                        .toList();
        long counted = 0;
        long moved = 0;
        for (int i = 0; i < chain.size(); i++) {
            assertThat(sequence(chain.get(i))).as("seed %d", SEED).isEqualTo(i + 1);
            switch (chain.get(i).content()) {
                case Generation generation -> {
                    assertThat(generation.count()).as("seed %d", SEED).isEqualTo(++counted);
                }
                case Transfer transfer -> moved += transfer.range().pulses();
                default -> {}
            }
        }
        assertThat(moved).as("seed %d: pulses in transfers", SEED).isEqualTo(HAPPENINGS);
    }
}
