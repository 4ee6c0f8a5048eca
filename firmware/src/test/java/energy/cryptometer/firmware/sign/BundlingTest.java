package energy.cryptometer.firmware.sign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundlingTest {
    @ParameterizedTest
    @CsvSource({
        "1, 0, 1",
        "1, 1000000, 1",
        "5, 0, 1",
        "5, 200, 1",
        "5, 201, 2",
        "5, 400, 2",
        "5, 401, 3",
        "5, 1000, 5",
        "5, 1000000, 5"
    })
    void asManyPulsesShareATransactionAsLeaveTwoHundred(int most, long backlog, int each) {
        assertThat(Bundling.pulsesEach(most, backlog)).isEqualTo(each);
    }

    @Test
    void beginAndEndAreSaidOnceWithNumbers() {
        Bundling bundling = new Bundling(5);
        assertThat(bundling.line(200)).isEmpty();
        assertThat(bundling.line(1_234))
                .contains(
                        "backlog 1234 pulses: up to 5 pulses in one transaction, as the community allows");
        for (long backlog : new long[] {3_000, 201, 199, 240, 101}) {
            assertThat(bundling.line(backlog)).isEmpty();
        }
        assertThat(bundling.line(97))
                .contains("backlog 97 pulses: one pulse in each transaction again");
        assertThat(bundling.line(50)).isEmpty();
        assertThat(bundling.line(201)).isPresent();
    }

    @Test
    void whereNothingIsBundledNothingIsSaid() {
        Bundling single = new Bundling(1);
        assertThat(single.line(1_000_000)).isEmpty();
        assertThat(single.line(0)).isEmpty();
    }
}
