package energy.cryptometer.hal.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SimulatedClockTest implements BoardClockContract {
    private final SimulatedClock clock =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));

    @Override
    public BoardClock clock() {
        return clock;
    }

    @Test
    void bothTimesAdvanceTogether() {
        clock.advance(Duration.ofSeconds(3));
        assertThat(clock.read().bootNanos()).isEqualTo(3_000_000_000L);
        assertThat(clock.read().wall()).isEqualTo(Instant.parse("2026-06-21T12:00:03Z"));
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .hasMessageContaining("stepWall");
    }

    @Test
    void aClockStepDoesNotTouchBootTime() {
        clock.stepWall(Duration.ofHours(-1));
        assertThat(clock.read().bootNanos()).isZero();
        assertThat(clock.read().wall()).isEqualTo(Instant.parse("2026-06-21T11:00:00Z"));
    }

    @Test
    void aRebootStartsBootTimeAgainUnderAnotherId() {
        BoardClock.Reading before = clock.read();
        clock.advance(Duration.ofSeconds(5));
        clock.reboot(Duration.ofMinutes(2));
        assertThat(clock.read().bootNanos()).isZero();
        assertThat(clock.read().sinceInSameBoot(before)).isEmpty();
        assertThat(clock.read().wall()).isEqualTo(Instant.parse("2026-06-21T12:02:05Z"));
    }

    @Test
    void theTimeServiceCanComeAndGo() {
        clock.becomes(ClockQuality.UNKNOWN);
        assertThat(clock.read().quality()).isEqualTo(ClockQuality.UNKNOWN);
    }
}
