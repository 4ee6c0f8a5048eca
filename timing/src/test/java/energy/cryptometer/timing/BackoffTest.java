package energy.cryptometer.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(1));

    @Test
    void aPauseDoublesUpToTheLongest() {
        assertThat(Stream.iterate(backoff, Backoff::next).limit(6).map(Backoff::pause))
                .extracting(Duration::toMillis)
                .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
    }

    @Test
    void aSuccessBeginsAgainWithTheFirst() {
        assertThat(backoff.next().next().reset()).isEqualTo(backoff);
    }

    @Test
    void chanceVariesAPauseFromHalfToOneAndAHalf() {
        Random chance = new Random(7);
        assertThat(Stream.generate(() -> backoff.varied(chance)).limit(10_000))
                .allMatch(pause -> pause.toMillis() >= 50 && pause.toMillis() <= 150)
                .anyMatch(pause -> pause.toMillis() < 55)
                .anyMatch(pause -> pause.toMillis() > 145);
    }

    @Test
    void aRangeThatIsNoneIsRefusedWithBothEnds() {
        assertThatThrownBy(() -> Backoff.between(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("PT0S")
                .hasMessageContaining("PT1S");
        assertThatThrownBy(() -> Backoff.between(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("PT2S");
    }
}
