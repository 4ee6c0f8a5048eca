package energy.cryptometer.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HangDetectionTest {
    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void whatMovesDoesNotHang() {
        assertThat(HangDetection.hangs(Duration.ZERO, Duration.ZERO)).isEmpty();
        assertThat(HangDetection.hangs(seconds(30), seconds(120))).isEmpty();
    }

    @Test
    void aCaptureOrACommitThatDoesNotReturnHangs() {
        assertThat(HangDetection.hangs(seconds(31), Duration.ZERO))
                .hasValue("capture has not moved for 31 s; input or disk does not answer");
    }

    @Test
    void aSignerWhoseTokenDoesNotAnswerHangs() {
        assertThat(HangDetection.hangs(Duration.ZERO, seconds(121)))
                .hasValue("the signer has been waiting for its token for 121 s");
    }
}
