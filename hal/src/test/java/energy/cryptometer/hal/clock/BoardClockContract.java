package energy.cryptometer.hal.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/// What holds for every board clock, real or simulated.
interface BoardClockContract {
    BoardClock clock();

    @Test
    default void bootTimeNeverRunsBackwards() {
        BoardClock clock = clock();
        BoardClock.Reading last = clock.read();
        for (int i = 0; i < 1_000; i++) {
            BoardClock.Reading next = clock.read();
            assertThat(next.sinceInSameBoot(last))
                    .hasValueSatisfying(d -> assertThat(d).isGreaterThanOrEqualTo(Duration.ZERO));
            last = next;
        }
    }

    @Test
    default void theBootIdStaysTheSame() {
        BoardClock clock = clock();
        assertThat(clock.read().bootId()).isEqualTo(clock.read().bootId());
    }

    @Test
    default void wallTimeIsInWholeMilliseconds() {
        BoardClock.Reading now = clock().read();
        assertThat(now.wall()).isEqualTo(now.wall().truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    default void aClockThatWasSetIsNotUnknown() {
        assertThat(clock().read().quality()).isNotEqualTo(ClockQuality.UNKNOWN);
    }
}
