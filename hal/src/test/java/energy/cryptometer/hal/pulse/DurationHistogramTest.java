package energy.cryptometer.hal.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DurationHistogramTest {
    private final DurationHistogram histogram = new DurationHistogram();

    private void add(long micros) {
        histogram.add(Duration.ofNanos(micros * 1_000));
    }

    @Test
    void smallValuesAreExact() {
        for (long micros = 1; micros <= 10; micros++) {
            add(micros);
        }
        assertThat(histogram.count()).isEqualTo(10);
        assertThat(histogram.quantileMicros(500)).isEqualTo(5);
        assertThat(histogram.quantileMicros(990)).isEqualTo(10);
        assertThat(histogram.maxMicros()).isEqualTo(10);
    }

    @Test
    void aQuantileIsNeverTooSmallAndAtMostAnEighthTooLarge() {
        for (long micros = 1;
                micros > 0 && micros < Long.MAX_VALUE / 2_000;
                micros = micros * 3 / 2 + 1) {
            DurationHistogram one = new DurationHistogram();
            one.add(Duration.ofNanos(micros * 1_000));
            one.add(Duration.ofNanos(Long.MAX_VALUE));
            assertThat(one.quantileMicros(500)).isBetween(micros, micros + micros / 8);
        }
    }

    @Test
    void nothingAddedIsZeroAndNegativeIsNone() {
        assertThat(histogram.quantileMicros(500)).isZero();
        assertThat(histogram.maxMicros()).isZero();
        histogram.add(Duration.ofSeconds(-1));
        assertThat(histogram.quantileMicros(1000)).isZero();
        assertThat(histogram.count()).isEqualTo(1);
        assertThatThrownBy(() -> histogram.quantileMicros(0)).hasMessageContaining("1 to 1000");
    }
}
