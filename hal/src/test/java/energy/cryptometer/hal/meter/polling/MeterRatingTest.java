package energy.cryptometer.hal.meter.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.meter.model.RegisterDecoder;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MeterRatingTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    @Test
    void pulsesAreTheFloorOfTheRegisterAndTheInverseFindsTheFirst() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            MeterRating rating = new MeterRating(random.nextInt(1, 1_000_001), 1);
            long register = random.nextLong(RegisterDecoder.LARGEST_REGISTER + 1);
            long pulses = rating.pulsesAt(register);
            assertThat(BigInteger.valueOf(pulses))
                    .as("seed %d, %s at %d", SEED, rating, register)
                    .isEqualTo(
                            BigInteger.valueOf(register)
                                    .multiply(BigInteger.valueOf(rating.pulsesPerKilowattHour()))
                                    .divide(MILLION));
            long first = rating.registerAt(pulses);
            assertThat(first).as("seed %d, %s", SEED, rating).isLessThanOrEqualTo(register);
            assertThat(rating.pulsesAt(first)).as("seed %d, %s", SEED, rating).isEqualTo(pulses);
            assertThat(first == 0 ? -1 : rating.pulsesAt(first - 1))
                    .as("seed %d, %s", SEED, rating)
                    .isLessThan(pulses);
        }
    }

    @Test
    void growthIsBoundByRatedPowerWithAFifthMore() {
        MeterRating rating = new MeterRating(1_000, 10_000);
        // 10 kW for 3600 s and 1.2: 12 kWh, plus 10 s of refresh, a pulse, a step and the rounding
        assertThat(rating.believableGrowth(Duration.ofHours(1), 1_000))
                .isEqualTo(12_000_000 + 33_333 + 1_000 + 1_000 + 1);
        assertThat(rating.believableGrowth(Duration.ofDays(400_000), 1))
                .isEqualTo(115_200_000_033_333L + 1_002)
                .isLessThan(RegisterDecoder.LARGEST_REGISTER);
        assertThat(new MeterRating(1, 1_000_000_000).believableGrowth(Duration.ofDays(400_000), 1))
                .isEqualTo(RegisterDecoder.LARGEST_REGISTER);
    }

    @Test
    void impossibleRatingsAreRefused() {
        assertThatThrownBy(() -> new MeterRating(0, 1)).hasMessageContaining("0 imp/kWh");
        assertThatThrownBy(() -> new MeterRating(1_000_001, 1)).hasMessageContaining("1000001");
        assertThatThrownBy(() -> new MeterRating(1, 0)).hasMessageContaining("0 W");
    }
}
