package energy.cryptometer.hal.panel;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.panel.TamperSwitch.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Replay a failure with -Dseed=N.
final class SwitchDebouncerTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private final SimulatedClock clock =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));
    private final List<Change> told = new ArrayList<>();
    private SwitchDebouncer fold = SwitchDebouncer.closed(clock.read());

    private void is(boolean open) {
        fold = fold.after(open, clock.read());
        fold.found().ifPresent(told::add);
    }

    private void passes(long millis) {
        clock.advance(Duration.ofMillis(millis));
        fold = fold.at(clock.read());
        fold.found().ifPresent(told::add);
    }

    @Test
    void openingIsToldOnceItHasHeldWithTheTimeItBegan() {
        BoardClock.Reading opened = clock.read();
        is(true);
        passes(49);
        assertThat(told).isEmpty();
        passes(1);
        passes(1_000);
        assertThat(told).containsExactly(new Change(true, opened));
    }

    @Test
    void aShortVisitIsNothing() {
        is(true);
        clock.advance(Duration.ofMillis(49));
        is(false);
        passes(1_000);
        assertThat(told).isEmpty();
    }

    @Test
    void anOpeningThatNobodyLookedAtMeanwhileIsToldByTheClosing() {
        BoardClock.Reading opened = clock.read();
        is(true);
        clock.advance(Duration.ofMillis(200));
        BoardClock.Reading closed = clock.read();
        is(false);
        passes(60);
        assertThat(told).containsExactly(new Change(true, opened), new Change(false, closed));
    }

    @Test
    void theSameLevelAgainIsNoEdge() {
        BoardClock.Reading opened = clock.read();
        is(true);
        clock.advance(Duration.ofMillis(40));
        is(true);
        passes(10);
        assertThat(told).containsExactly(new Change(true, opened));
    }

    @Test
    void howeverItBouncesChangesAlternateAndEachHasHeld() {
        RandomGenerator random = new SplittableRandom(SEED);
        List<Change> expected = new ArrayList<>();
        boolean last = false;
        for (int i = 0; i < 2_000; i++) {
            boolean level = i % 2 == 0;
            BoardClock.Reading at = clock.read();
            is(level);
            long holds = random.nextLong(1, 100);
            if (holds >= 50 && level != last) {
                expected.add(new Change(level, at));
                last = level;
            }
            clock.advance(Duration.ofMillis(holds));
        }
        passes(0);
        assertThat(told).as("seed %d", SEED).isEqualTo(expected);
    }
}
