package energy.cryptometer.firmware.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import energy.cryptometer.ledger.unit.PulseConstant;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class SunnyDayTest {
    /// 10 kW at 1000 pulses per kWh: 2.78 pulses a second at noon.
    private static final SunnyDay ROOF = new SunnyDay(new PulseConstant(1000), 10_000);

    private static TokenPace oneIn(long millis) {
        return new TokenPace(Collections.nCopies(10, Duration.ofMillis(millis)));
    }

    /// 60 kW at 1000 pulses per kWh are 1000 pulses in a minute; the sine in the middle of the
    /// first minute is 16 * 1199 / (5 * 1200 * 1200 - 4 * 1199), beside noon 5759984 / 5760004.
    @Test
    void aMinuteHasThePulsesOfItsMiddle() {
        SunnyDay day = new SunnyDay(new PulseConstant(1000), 60_000);
        assertThat(day.microPulsesIn(0)).isEqualTo(2_666_220);
        assertThat(day.microPulsesIn(299)).isEqualTo(999_996_527);
        for (int minute = 0; minute < 300; minute++) {
            assertThat(day.microPulsesIn(599 - minute)).isEqualTo(day.microPulsesIn(minute));
        }
    }

    /// The sine's integral is 2 / pi: 63,662 of 100 kWh.
    @Test
    void theDayHasTwoOverPiOfTheFullPower() {
        assertThat(ROOF.with(oneIn(1), 1).pulses()).isCloseTo(63_662, within(30L));
    }

    @Test
    void aTokenFasterThanNoonHasNoBacklog() {
        SunnyDay.Outcome day = ROOF.with(oneIn(100), 1);
        assertThat(day.largestBacklog()).isZero();
        assertThat(day.left()).isZero();
        assertThat(day.drained()).contains(Duration.ZERO);
    }

    /// At half of the noon's pulses the queue grows between a sixth and five sixths of the day. By
    /// hand: it reaches (sqrt(3) / pi - 1 / 3) of 100,000 pulses, and is empty after (1 / 6 + (2 +
    /// sqrt(3)) / pi) of ten hours.
    @Test
    void aTokenForHalfOfNoonCatchesUpInTheNight() {
        SunnyDay.Outcome day = ROOF.with(oneIn(720), 1);
        assertThat(day.largestBacklog()).isCloseTo(21_800, within(60L));
        assertThat(day.left()).isZero();
        assertThat(day.drained().orElseThrow().toMinutes()).isCloseTo(813, within(1L));
    }

    @Test
    void bundlingKeepsTheBacklogAboutTheSizeAtWhichItBegins() {
        SunnyDay.Outcome day = ROOF.with(oneIn(720), 20);
        assertThat(day.largestBacklog()).isBetween(100L, 200L);
        assertThat(day.drained().orElseThrow()).isLessThan(SunnyDay.SUNSHINE);
        assertThat(day.pulses()).isEqualTo(ROOF.with(oneIn(720), 1).pulses());
    }

    /// Two seconds for each: 43,200 in a day of 63,662 pulses.
    @Test
    void aTokenSlowerThanTheWholeDayNeverCatchesUp() {
        SunnyDay.Outcome day = ROOF.with(oneIn(2_000), 1);
        assertThat(day.drained()).isEmpty();
        assertThat(day.left()).isCloseTo(63_662 - 43_200 + 500, within(200L));
    }

    /// The largest meter and the slowest token anybody may name.
    @Test
    void theExtremesAreReckonedToo() {
        SunnyDay largest = new SunnyDay(new PulseConstant(PulseConstant.MAX), 100_000_000);
        SunnyDay.Outcome day = largest.with(oneIn(3_600_000), 1000);
        assertThat(day.left()).isLessThanOrEqualTo(day.pulses());
        assertThat(day.drained()).isEmpty();
        assertThat(new SunnyDay(new PulseConstant(1), 1).with(oneIn(1), 1).pulses()).isZero();
    }
}
