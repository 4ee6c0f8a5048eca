package energy.cryptometer.ledger.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Seeds;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which step an instant belongs to, and when blocks are due.
class StepScheduleTest {
    private static final Instant ORIGIN = Instant.parse("2026-11-22T00:00:00Z");

    private final StepSchedule quarters = schedule(ORIGIN, Duration.ofMinutes(15));

    private static StepSchedule schedule(Instant origin, Duration length) {
        return new StepSchedule(origin, length, Duration.ofSeconds(20), Duration.ofSeconds(25));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T00:00:00Z,     0",
        "2026-11-22T00:14:59.999Z, 0",
        "2026-11-22T00:15:00Z,     1",
        "2026-11-22T00:15:00.001Z, 1",
        "2026-11-22T23:59:59.999Z, 95",
        "2026-11-23T00:00:00Z,     96",
        "9999-12-31T23:59:59.999Z, 279563327",
    })
    void aPulseAtTheExactBoundaryBelongsToTheLaterStep(Instant at, long step) {
        assertThat(quarters.stepAt(at)).isEqualTo(new MarketStep(step));
        assertThat(quarters.heightAt(at)).isEqualTo(new Height(step));
        assertThat(quarters.start(new MarketStep(step))).isBeforeOrEqualTo(at);
        assertThat(quarters.end(new MarketStep(step))).isAfter(at);
    }

    @Test
    void everyInstantBelongsToTheOneStepAroundIt() {
        Seeds.forAll(
                1_000,
                random -> {
                    Instant at = ORIGIN.plusMillis(random.nextLong(1L << random.nextInt(1, 47)));
                    MarketStep step = quarters.stepAt(at);
                    assertThat(at)
                            .isBetween(quarters.start(step), quarters.end(step).minusNanos(1));
                    assertThat(quarters.time(step.closingHeight())).isEqualTo(quarters.end(step));
                    assertThat(step.closingHeight().closedStep()).isEqualTo(step);
                });
    }

    @Test
    void beforeTheOriginThereIsNoStep() {
        Instant before = ORIGIN.minusNanos(1);
        assertThat(quarters.covers(before)).isFalse();
        assertThat(quarters.heightAt(before)).isEqualTo(Height.GENESIS);
        assertThatThrownBy(() -> quarters.stepAt(before))
                .hasMessageContaining("outside the steps that begin at 2026-11-22T00:00:00Z");
        assertThatThrownBy(Height.GENESIS::closedStep).hasMessageContaining("market step -1");
    }

    @Test
    void theLastStepOfTheLongestLengthStillHasAnInstant() {
        StepSchedule days = schedule(Instant.parse("9999-12-31T00:00:00Z"), Duration.ofDays(1));
        assertThat(days.end(new MarketStep(MarketStep.MAX_INDEX))).isAfter(days.origin());
        assertThat(days.time(new Height(Height.MAX_VALUE))).isAfter(days.origin());
        StepSchedule seconds =
                new StepSchedule(
                        Instant.EPOCH,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2));
        assertThat(seconds.covers(Instant.parse("9999-12-31T23:59:59Z"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T00:00:01Z, PT15M, PT20S, PT25S, is not a multiple of the step length 900 s",
        "1969-12-31T23:45:00Z, PT15M, PT20S, PT25S, is not a multiple of the step length 900 s",
        "+10000-01-01T00:00:00Z, PT15M, PT20S, PT25S, between 1970 and 9999",
        "2026-11-22T00:00:00Z, PT0S,  PT20S, PT25S, step length 0 s is outside 1 to 86400 s",
        "2026-11-22T00:00:00Z, P1DT1S, PT20S, PT25S, step length 86401 s is outside 1 to 86400 s",
        "2026-11-22T00:00:00Z, PT0.5S, PT20S, PT25S, is not in whole seconds",
        "2026-11-22T00:00:00Z, PT15M, PT25S, PT25S, collect 25 s < propose 25 s < step length 900 s",
        "2026-11-22T00:00:00Z, PT15M, PT20S, PT15M, collect 20 s < propose 900 s",
        "2026-11-22T00:00:00Z, PT15M, -PT1S, PT25S, collect -1 s",
    })
    void aScheduleThatCannotWorkIsRefused(
            Instant origin, Duration length, Duration collect, Duration propose, String sentence) {
        assertThatThrownBy(() -> new StepSchedule(origin, length, collect, propose))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }
}
