package energy.cryptometer.hal.key.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CkResultTest {
    /// The codes with which modules report a token, a session or a daemon that went away.
    @ParameterizedTest
    @ValueSource(
            longs = {
                0x3,
                0x5,
                0x6,
                0x30,
                0x31,
                0x32,
                0x60,
                0x82,
                0x90,
                0xb0,
                0xb3,
                0xe0,
                0xe1,
                0x101,
                0x190,
                0x8000_0001L,
                0x7777
            })
    void aCodeThatMayMeanALossIsWorthARestart(long code) {
        assertThat(new CkResult(code).maybeLost()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0x0, 0x7, 0x21, 0x63, 0x68, 0x70, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0x102})
    void aJudgementIsNot(long code) {
        assertThat(new CkResult(code).maybeLost()).isFalse();
    }

    @Test
    void everyCodeHasAName() {
        assertThat(new CkResult(0xa0)).hasToString("CKR_PIN_INCORRECT (0xa0)");
        assertThat(new CkResult(0x8000_0001L)).hasToString("vendor code (0x80000001)");
        assertThat(new CkResult(-1)).hasToString("vendor code (0xffffffffffffffff)");
        assertThat(new CkResult(0x7777)).hasToString("unknown code (0x7777)");
    }
}
