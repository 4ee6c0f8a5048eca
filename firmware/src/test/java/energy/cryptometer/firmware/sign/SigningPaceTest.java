package energy.cryptometer.firmware.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.timing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SigningPaceTest {
    private final VirtualTime clocks = new VirtualTime(Instant.EPOCH);
    private final SigningPace pace = new SigningPace(clocks);

    private boolean takes(Duration time) {
        clocks.advance(time);
        return true;
    }

    private void sign(Duration time) {
        assertThat(pace.measured(() -> takes(time))).isTrue();
    }

    @Test
    void beforeTheFirstSignatureThereIsNoPace() {
        assertThat(pace.last()).isEmpty();
        assertThat(pace.underWay()).isEmpty();
        assertThat(pace.perSecond()).isZero();
    }

    @Test
    void thePaceIsThatOfTheLatestSignatures() {
        sign(Duration.ofSeconds(100));
        for (int i = 0; i < 32; i++) {
            sign(Duration.ofMillis(200));
        }
        assertThat(pace.perSecond()).isEqualByComparingTo("5.0");
        sign(Duration.ofMillis(600));
        assertThat(pace.last()).contains(Duration.ofMillis(600));
    }

    @Test
    void theSignatureThatIsBeingMadeHasAnAge() {
        boolean seen =
                pace.measured(() -> {
                    takes(Duration.ofMillis(700));
                    assertThat(pace.underWay()).contains(Duration.ofMillis(700));
                    return true;
                });
        assertThat(seen).isTrue();
        assertThat(pace.underWay()).isEmpty();
    }

    @Test
    void aSignatureThatFailsIsNoMeasure() {
        assertThatThrownBy(() ->
                        pace.measured(() -> {
                            takes(Duration.ofSeconds(9));
                            throw new IllegalStateException("no token");
                        }))
                .hasMessage("no token");
        assertThat(pace.last()).isEmpty();
        assertThat(pace.underWay()).isEmpty();
    }
}
