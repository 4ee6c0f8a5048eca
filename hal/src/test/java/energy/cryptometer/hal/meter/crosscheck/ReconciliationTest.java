package energy.cryptometer.hal.meter.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.meter.crosscheck.Reconciliation.Comparison;
import energy.cryptometer.hal.meter.polling.MeterRating;
import energy.cryptometer.hal.meter.polling.RegisterReading;
import energy.cryptometer.hal.pulse.SourceState.ReferenceMark;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReconciliationTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final BoardClock.Reading NOW =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z")).read();

    /// 1000 imp/kWh, 3.6 kW: in a second one watt-hour flows, in the ten of a refresh ten.
    private static final MeterRating RATING = new MeterRating(1_000, 3_600);

    private static Comparison compare(int perMille, long count, long register, Duration apart) {
        return new Reconciliation(RATING, perMille)
                .compare(
                        new ReferenceMark(100, 5_000_000, NOW),
                        100 + count,
                        new RegisterReading(5_000_000 + register, 1_000, NOW),
                        apart);
    }

    @ParameterizedTest
    @CsvSource({
        // per mille, pulses, register mWh, seconds apart, tolerance mWh
        "20, 0,       0,          0, 12001", // refresh 10 Wh + pulse 1 Wh + step 1 Wh + 1 mWh
        "20, 1000000, 1000000000, 0, 20012001", // and 2 % of 1 MWh
        "35, 1000000, 1000000000, 0, 35012001",
        "10, 1000000, 1000000000, 0, 10012001",
        "20, 0,       0,          60, 72001", // and what flows in a minute
        "20, 0,       1000000,    0, 32001", // the larger of both counts
    })
    void theToleranceIsTheSumOfWhatMayBe(
            int perMille, long count, long register, long seconds, long expected) {
        assertThat(compare(perMille, count, register, Duration.ofSeconds(seconds)).tolerance())
                .isEqualTo(expected);
    }

    @Test
    void whatWasCountedAndGrownIsSinceTheMark() {
        Comparison comparison = compare(20, 7, 9_000, Duration.ZERO);
        assertThat(comparison.counted()).isEqualTo(7_000);
        assertThat(comparison.grown()).isEqualTo(9_000);
        assertThat(comparison.beyond()).isFalse();
    }

    @Test
    void lostAndDoubledPulsesAreBothBeyond() {
        assertThat(compare(20, 1_000, 2_000_000, Duration.ZERO).beyond()).isTrue();
        assertThat(compare(20, 2_000, 1_000_000, Duration.ZERO).beyond()).isTrue();
        assertThat(compare(20, 1_000, 1_010_000, Duration.ZERO).within()).isTrue();
    }

    @Test
    void noPulseLostIsNeverBeyond() {
        Random random = new Random(SEED);
        for (int i = 0; i < 1_000; i++) {
            MeterRating rating =
                    new MeterRating(1 + random.nextInt(10_000), 1 + random.nextInt(100_000));
            long start = random.nextLong(1_000_000_000_000L);
            long grown = random.nextLong(1_000_000_000_000L);
            ReferenceMark mark = new ReferenceMark(rating.pulsesAt(start), start, NOW);
            Comparison comparison =
                    new Reconciliation(rating, 10)
                            .compare(
                                    mark,
                                    rating.pulsesAt(start + grown),
                                    new RegisterReading(start + grown, 1, NOW),
                                    Duration.ZERO);
            assertThat(comparison.beyond()).as("-Dseed=%d, round %d", SEED, i).isFalse();
        }
    }

    @Test
    void anErrorThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new Reconciliation(RATING, 0)).hasMessageContaining("1 to 1000");
        assertThatThrownBy(() -> new Reconciliation(RATING, 1_001)).hasMessageContaining("1001");
    }
}
