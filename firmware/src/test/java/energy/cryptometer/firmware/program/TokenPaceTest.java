package energy.cryptometer.firmware.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import energy.cryptometer.ledger.unit.PulseConstant;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenPaceTest {
    private static TokenPace steady(long millis, int count) {
        return new TokenPace(Collections.nCopies(count, Duration.ofMillis(millis)));
    }

    /// By hand: 1000 / millis signatures a second, times 3600, over the constant.
    @ParameterizedTest
    @CsvSource({
        "200, 1000, 18000", // 5/s x 3600 s = 18000 pulses in an hour = 18 kW
        "600, 1000, 6000", // 5/3 per second
        "200, 10000, 1800",
        "200, 100, 180000",
        "700, 1000, 5142", // 36000 / 7 = 5142.86, rounded down
        "1, 1000000, 3600",
    })
    void theSustainedPowerIsWhatTheTokenSignsInAnHour(long millis, int constant, long watts) {
        assertThat(steady(millis, 7).sustainedWatts(new PulseConstant(constant))).isEqualTo(watts);
    }

    @Test
    void theMeanSustainsNotTheMedian() {
        TokenPace pace =
                new TokenPace(
                        List.of(
                                Duration.ofMillis(100),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(1)));
        assertThat(pace.percentile(50)).hasMillis(100);
        assertThat(pace.sustainedWatts(new PulseConstant(1000))).isEqualTo(9_000);
        assertThat(pace.perSecond()).isEqualByComparingTo("2.50");
    }

    @Test
    void percentilesAreByNearestRank() {
        TokenPace hundred =
                new TokenPace(
                        LongStream.rangeClosed(1, 100)
                                .mapToObj(Duration::ofMillis)
                                .toList()
                                .reversed());
        assertThat(hundred.percentile(50)).hasMillis(50);
        assertThat(hundred.percentile(95)).hasMillis(95);
        assertThat(hundred.percentile(100)).hasMillis(100).isEqualTo(hundred.longest());
        assertThat(steady(3, 1).percentile(1)).hasMillis(3);
    }

    @Test
    void nothingMeasuredIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenPace(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> steady(0, 2));
    }
}
