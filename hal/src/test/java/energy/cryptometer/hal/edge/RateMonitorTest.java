package energy.cryptometer.hal.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RateMonitorTest {
    private static final long MILLI = 1_000_000;

    private long time;

    private List<RateMonitor.Excess> pulses(RateMonitor watch, int count, long intervalNanos) {
        List<RateMonitor.Excess> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            time += intervalNanos;
            watch.pulse(time).ifPresent(found::add);
        }
        return found;
    }

    @Test
    void theFastestOutputAllowedIsNoExcess() {
        assertThat(pulses(RateMonitor.ofS0(), 100, 60 * MILLI)).isEmpty();
    }

    @Test
    void sixteenIntervalsOfFiftyMillisecondsAreToldOnce() {
        RateMonitor watch = RateMonitor.ofS0();
        assertThat(pulses(watch, 16, 50 * MILLI)).isEmpty();
        List<RateMonitor.Excess> found = pulses(watch, 84, 50 * MILLI);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().pulses()).isEqualTo(17);
        assertThat(found.getFirst().within()).isEqualTo(Duration.ofMillis(800));
        assertThat(found.getFirst().limit()).contains("16.7");
    }

    @Test
    void theNextEpisodeIsToldAgainButOnlyAfterARest() {
        RateMonitor watch = RateMonitor.ofS0();
        assertThat(pulses(watch, 40, 50 * MILLI)).hasSize(1);
        // within a tenth of the limit the episode goes on
        assertThat(pulses(watch, 40, 62 * MILLI)).isEmpty();
        assertThat(pulses(watch, 40, 50 * MILLI)).isEmpty();
        assertThat(pulses(watch, 40, 70 * MILLI)).isEmpty();
        assertThat(pulses(watch, 40, 50 * MILLI)).hasSize(1);
    }

    @Test
    void theRatedPowerHasAMarginOfAFifth() {
        // 3600 an hour is one in a second: with the margin one in 833 ms
        assertThat(pulses(RateMonitor.ofRatedPower(3600), 100, 834 * MILLI)).isEmpty();
        List<RateMonitor.Excess> found = pulses(RateMonitor.ofRatedPower(3600), 100, 832 * MILLI);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().limit()).contains("3600 in an hour");
        assertThatThrownBy(() -> RateMonitor.ofRatedPower(0)).hasMessageContaining("below 1");
    }
}
