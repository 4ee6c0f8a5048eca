package energy.cryptometer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {
    @ParameterizedTest
    @EnumSource
    void aCodeIsFoundByItsNumber(ExitCode exit) {
        assertThat(ExitCode.of(exit.code())).isEqualTo(exit);
    }

    @Test
    void aNumberThatNoneHasIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExitCode.of(1))
                .withMessage("no exit code is 1");
    }
}
