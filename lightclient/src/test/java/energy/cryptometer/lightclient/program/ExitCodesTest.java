package energy.cryptometer.lightclient.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.command.ExitCode;
import energy.cryptometer.lightclient.verify.Conclusion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodesTest {
    @ParameterizedTest
    @CsvSource({
        "accepted, ACCEPTED, OK",
        "proven, PROVEN, OK",
        "stale, STALE, TEMPORARY",
        "expired, EXPIRED, TEMPORARY",
        "from-the-future, FROM_THE_FUTURE, TEMPORARY",
        "unknown-height, UNKNOWN_HEIGHT, TEMPORARY",
        "not-next, NOT_NEXT, DATA",
        "wrong-chain, WRONG_CHAIN, DATA",
        "forged, FORGED, DATA",
        "wrong-height, WRONG_HEIGHT, DATA",
        "wrong-tree-size, WRONG_TREE_SIZE, DATA",
        "altered-block, ALTERED_BLOCK, DATA",
        "frozen, FROZEN, DATA",
        "malformed, MALFORMED, DATA",
        "declined, DECLINED, UNAVAILABLE",
        "unreachable, UNREACHABLE, UNAVAILABLE"
    })
    void everyConclusionHasItsNameAndItsCode(String name, Conclusion conclusion, ExitCode exit) {
        assertThat(conclusion).hasToString(name);
        assertThat(ExitCodes.of(conclusion)).isEqualTo(exit);
    }
}
