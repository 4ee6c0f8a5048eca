package energy.cryptometer.fullnode.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.fullnode.log.NodeLog;
import energy.cryptometer.hal.clock.ClockQuality;
import energy.cryptometer.hal.clock.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardedClockTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final SimulatedClock board = SimulatedClock.startingAt(NOON);
    private GuardedClock clock = new GuardedClock(board, quiet());

    @BeforeEach
    void nobodyDisciplinesTheClock() {
        board.becomes(ClockQuality.INFORMATIVE);
        clock = new GuardedClock(board, quiet());
    }

    @Test
    void timePassesAsOnTheWall() {
        board.advance(Duration.ofMinutes(7));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(420));
    }

    @Test
    void aLeapOfAYearIsNotFollowedWhileTheClockIsNotSynchronised() {
        board.advance(Duration.ofSeconds(5));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(5));
        board.stepWall(Duration.ofDays(365));
        board.advance(Duration.ofSeconds(5));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10));
        board.advance(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3610));
    }

    @Test
    void aLeapIsFollowedOnceTheClockIsSynchronised() {
        board.stepWall(Duration.ofHours(2));
        assertThat(clock.instant()).isEqualTo(NOON);
        board.becomes(ClockQuality.SYNCHRONISED);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(7200));
        board.becomes(ClockQuality.INFORMATIVE);
        board.advance(Duration.ofSeconds(1));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(7201));
    }

    @Test
    void aLeapThatIsTakenBackLeavesNoTrace() {
        board.stepWall(Duration.ofHours(2));
        assertThat(clock.instant()).isEqualTo(NOON);
        board.stepWall(Duration.ofHours(-2));
        board.advance(Duration.ofSeconds(3));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void aClockThatIsSetBackIsFollowedAtOnce() {
        board.stepWall(Duration.ofHours(-1));
        assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(3600));
    }

    private static NodeLog quiet() {
        return _ -> {};
    }
}
