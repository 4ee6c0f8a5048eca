package energy.cryptometer.hal.clock;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.SteadyClock.Step;
import energy.cryptometer.hal.clock.SteadyClock.StepsBack;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final SimulatedClock board = SimulatedClock.startingAt(NOON);
    private SteadyClock clock = SteadyClock.of(board, StepsBack.HELD);

    @BeforeEach
    void nobodyDisciplinesTheClock() {
        board.becomes(ClockQuality.INFORMATIVE);
        clock = SteadyClock.of(board, StepsBack.HELD);
    }

    private Instant wall() {
        return clock.read().wall();
    }

    @Test
    void timePassesAsOnTheWallAndNoStepIsReported() {
        board.advance(Duration.ofMinutes(7));
        assertThat(clock.read()).isEqualTo(board.read());
        assertThat(clock.takeStep()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600, -3_600, 31_536_000, -31_536_000, 3, -3})
    void aStepIsNotFollowedWhileNobodyDisciplinesTheClock(long seconds) {
        board.advance(Duration.ofSeconds(5));
        assertThat(wall()).isEqualTo(NOON.plusSeconds(5));
        board.stepWall(Duration.ofSeconds(seconds));
        board.advance(Duration.ofSeconds(5));
        assertThat(wall()).isEqualTo(NOON.plusSeconds(10));
        board.advance(Duration.ofHours(1));
        assertThat(wall()).isEqualTo(NOON.plusSeconds(3610));
        assertThat(clock.heldBack()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(clock.takeStep())
                .hasValueSatisfying(step -> {
                    assertThat(step.by()).isEqualTo(Duration.ofSeconds(seconds));
                    assertThat(step.followed()).isFalse();
                    assertThat(step.at().wall()).isEqualTo(NOON.plusSeconds(10));
                });
        assertThat(clock.takeStep()).as("said once, however often it is read").isEmpty();
    }

    @Test
    void aCorrectionOfTwoSecondsIsFollowedWithoutAWord() {
        board.stepWall(Duration.ofSeconds(2));
        assertThat(wall()).isEqualTo(NOON.plusSeconds(2));
        board.stepWall(Duration.ofSeconds(-2));
        assertThat(wall()).isEqualTo(NOON);
        assertThat(clock.takeStep()).isEmpty();
    }

    @Test
    void aStepIsFollowedOnceTheClockIsSynchronised() {
        board.stepWall(Duration.ofHours(2));
        assertThat(wall()).isEqualTo(NOON);
        board.becomes(ClockQuality.SYNCHRONISED);
        assertThat(wall()).isEqualTo(NOON.plusSeconds(7200));
        board.becomes(ClockQuality.INFORMATIVE);
        board.advance(Duration.ofSeconds(1));
        assertThat(wall()).isEqualTo(NOON.plusSeconds(7201));
        assertThat(clock.takeStep()).map(Step::followed).hasValue(false);
        assertThat(clock.takeStep()).map(Step::followed).hasValue(true);
        assertThat(clock.takeStep()).isEmpty();
    }

    @Test
    void aStepThatIsTakenBackLeavesNoTraceInTheTime() {
        board.stepWall(Duration.ofHours(2));
        assertThat(wall()).isEqualTo(NOON);
        board.stepWall(Duration.ofHours(-2));
        board.advance(Duration.ofSeconds(3));
        assertThat(clock.read()).isEqualTo(board.read());
        assertThat(clock.heldBack()).isZero();
    }

    @Test
    void aHeldClockSaysThatItIsOnlyInformative() {
        board.becomes(ClockQuality.SYNCHRONISED);
        assertThat(clock.read().quality()).isEqualTo(ClockQuality.SYNCHRONISED);
        board.becomes(ClockQuality.INFORMATIVE);
        board.stepWall(Duration.ofDays(1));
        assertThat(clock.read().quality()).isEqualTo(ClockQuality.INFORMATIVE);
    }

    @Test
    void aClockThatNobodyHadSetFollowsTheFirstOneWhoSetsIt() {
        board.becomes(ClockQuality.UNKNOWN);
        clock = SteadyClock.of(board, StepsBack.HELD);
        board.stepWall(Duration.ofDays(300));
        board.becomes(ClockQuality.INFORMATIVE);
        assertThat(clock.read()).isEqualTo(board.read());
    }

    @Test
    void whereLateIsHarmlessAClockSetBackIsFollowedAtOnce() {
        clock = SteadyClock.of(board, StepsBack.FOLLOWED);
        board.stepWall(Duration.ofHours(-1));
        assertThat(wall()).isEqualTo(NOON.minusSeconds(3600));
        board.stepWall(Duration.ofHours(1));
        assertThat(wall()).isEqualTo(NOON.minusSeconds(3600));
    }

    @Test
    void aProgramThatStartsAnewGoesOnFromWhatTheOneBeforeBelieved() {
        BoardClock.Reading earlier = clock.read();
        board.stepWall(Duration.ofDays(365));
        board.advance(Duration.ofSeconds(30));
        clock = SteadyClock.goingOn(board, StepsBack.HELD, Optional.of(earlier));
        assertThat(wall()).isEqualTo(NOON.plusSeconds(30));
    }

    @Test
    void aReadingOfAnotherBootIsNotGoneOnFrom() {
        BoardClock.Reading earlier = clock.read();
        board.reboot(Duration.ofMinutes(1));
        board.stepWall(Duration.ofDays(1));
        clock = SteadyClock.goingOn(board, StepsBack.HELD, Optional.of(earlier));
        assertThat(clock.read()).isEqualTo(board.read());
    }
}
