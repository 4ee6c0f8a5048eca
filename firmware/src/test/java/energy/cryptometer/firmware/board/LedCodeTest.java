package energy.cryptometer.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.firmware.board.LedCode.Working;
import energy.cryptometer.hal.panel.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Replay a failure with -Dseed=N.
class LedCodeTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    @ParameterizedTest
    @CsvSource({
        "true,  true,  true,  COUNTING",
        "true,  true,  false, NOT_CONNECTED",
        "true,  false, true,  KEY_FAULT",
        "true,  false, false, KEY_FAULT",
        "false, true,  true,  NOT_COUNTING",
        "false, true,  false, NOT_COUNTING",
        "false, false, true,  NOT_COUNTING",
        "false, false, false, NOT_COUNTING",
    })
    void oneMeterShowsTheWorstOfItself(
            boolean counts, boolean signs, boolean connected, Signal shown) {
        assertThat(LedCode.of(List.of(new Working(counts, signs, connected)))).isEqualTo(shown);
    }

    @Test
    void severalMetersShowTheWorstOfAllInWhateverOrder() {
        Random random = new Random(SEED);
        for (int run = 0; run < 1_000; run++) {
            List<Working> meters = new ArrayList<>();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                meters.add(
                        new Working(
                                random.nextBoolean(), random.nextBoolean(), random.nextBoolean()));
            }
            Signal shown = LedCode.of(meters);
            assertThat(meters)
                    .as("seed %d, run %d", SEED, run)
                    .allMatch(meter -> shown.compareTo(meter.signal()) <= 0)
                    .anyMatch(meter -> shown == meter.signal());
            Collections.shuffle(meters, random);
            assertThat(LedCode.of(meters)).isEqualTo(shown);
        }
    }

    @Test
    void aBoardWithoutMetersDoesNotCount() {
        assertThat(LedCode.of(List.of())).isEqualTo(Signal.NOT_COUNTING);
    }
}
