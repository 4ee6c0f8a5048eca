package energy.cryptometer.hal.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Replay a failure with -Dseed=N.
final class BlinkPatternTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final long NO_PULSE = -1;

    private static String picture(Signal signal, long millis) {
        StringBuilder picture = new StringBuilder();
        for (long at = 0; at < millis; at += 50) {
            picture.append(BlinkPattern.isLit(signal, at, NO_PULSE) ? '#' : '.');
        }
        return picture.toString();
    }

    /// As drawn in `hardware-notes/drawings/led-code.svg`; each mark is 50 ms.
    @ParameterizedTest
    @CsvSource({
        "COUNTING,      ##########..........##########..........",
        "NOT_CONNECTED, ##....##................................",
        "KEY_FAULT,     ##..##..##..##..##..##..##..##..##..##..",
        "NOT_COUNTING,  ########################################",
    })
    void twoSecondsLookAsDrawn(Signal signal, String picture) {
        assertThat(picture(signal, 2_000)).isEqualTo(picture);
    }

    /// Whoever looks for four seconds, from any moment on, can tell all four apart by how often the
    /// light comes on and how long it is lit.
    @Test
    void noTwoSignalsLookAlikeFromAnyMomentOn() {
        RandomGenerator random = new SplittableRandom(SEED);
        for (int run = 0; run < 1_000; run++) {
            long start = random.nextLong(0, 1L << 50);
            Map<Signal, Long> flashes = new EnumMap<>(Signal.class);
            for (Signal signal : Signal.values()) {
                long on = 0;
                for (long at = 1; at <= 4_000; at++) {
                    boolean before = BlinkPattern.isLit(signal, start + at - 1, NO_PULSE);
                    on += !before && BlinkPattern.isLit(signal, start + at, NO_PULSE) ? 1 : 0;
                }
                flashes.put(signal, on);
            }
            // The pauses of the double flash tell it from the even blink.
            assertThat(flashes)
                    .as("seed %d, run %d", SEED, run)
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of(
                                    Signal.NOT_COUNTING, 0L,
                                    Signal.COUNTING, 4L,
                                    Signal.NOT_CONNECTED, 4L,
                                    Signal.KEY_FAULT, 20L));
        }
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void onlyWhileCountingAPulseShows(Signal signal) {
        RandomGenerator random = new SplittableRandom(SEED);
        for (int run = 0; run < 1_000; run++) {
            long millis = random.nextLong(0, 1L << 50);
            boolean quiet = BlinkPattern.isLit(signal, millis, NO_PULSE);
            boolean within = BlinkPattern.isLit(signal, millis, random.nextLong(0, 50));
            boolean later = BlinkPattern.isLit(signal, millis, random.nextLong(50, 1_000));
            assertThat(within)
                    .as("seed %d, run %d", SEED, run)
                    .isEqualTo((signal == Signal.COUNTING) != quiet);
            assertThat(later).as("seed %d, run %d", SEED, run).isEqualTo(quiet);
        }
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void nothingChangesBeforeTheTimeThatWasTold(Signal signal) {
        RandomGenerator random = new SplittableRandom(SEED);
        for (int run = 0; run < 1_000; run++) {
            long millis = random.nextLong(0, 1L << 50);
            long sincePulse = random.nextLong(-1, 120);
            boolean before = BlinkPattern.isLit(signal, millis, sincePulse);
            long wait = BlinkPattern.untilNext(millis, sincePulse);
            assertThat(wait).isBetween(1L, 50L);
            for (long later = 1; later < wait; later++) {
                long since = sincePulse < 0 ? sincePulse : sincePulse + later;
                assertThat(BlinkPattern.isLit(signal, millis + later, since))
                        .as("seed %d, run %d", SEED, run)
                        .isEqualTo(before);
            }
        }
    }

    @Test
    void theWorstIsShown() {
        assertThat(Signal.COUNTING.worse(Signal.NOT_CONNECTED)).isEqualTo(Signal.NOT_CONNECTED);
        assertThat(Signal.KEY_FAULT.worse(Signal.NOT_CONNECTED)).isEqualTo(Signal.KEY_FAULT);
        assertThat(Signal.KEY_FAULT.worse(Signal.NOT_COUNTING)).isEqualTo(Signal.NOT_COUNTING);
        assertThat(Signal.COUNTING.worse(Signal.COUNTING)).isEqualTo(Signal.COUNTING);
    }
}
