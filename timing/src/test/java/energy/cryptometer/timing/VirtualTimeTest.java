package energy.cryptometer.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private static final Instant NOON = Instant.parse("2026-06-21T12:00:00Z");
    private final VirtualTime time = new VirtualTime(NOON);

    @Test
    void bothClocksPassTogether() {
        long start = time.nanoTime();
        time.advance(Duration.ofSeconds(7));
        assertThat(time.instant()).isEqualTo(NOON.plusSeconds(7));
        assertThat(time.since(start)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aDateThatIsSetLetsNoTimePass() {
        long start = time.nanoTime();
        time.set(NOON.minusSeconds(3600));
        assertThat(time.instant()).isEqualTo(NOON.minusSeconds(3600));
        assertThat(time.since(start)).isZero();
    }

    @Test
    void timeThatHasPassedNeverGoesBack() {
        assertThatThrownBy(() -> time.advance(Duration.ofNanos(-1)))
                .hasMessageContaining("PT-0.000000001S");
    }
}
