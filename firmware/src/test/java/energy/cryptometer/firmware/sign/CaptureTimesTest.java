package energy.cryptometer.firmware.sign;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.firmware.journal.Captured;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.ClockQuality;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.ledger.transaction.MeterEvent;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureTimesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final SimulatedClock clock = SimulatedClock.startingAt(NOON);
    private final CaptureTimes times = new CaptureTimes(Duration.ofMinutes(2));

    private Captured pulse(long count) {
        return new Captured.OfPulse(count, count, clock.read());
    }

    private List<Captured> ready(Captured... captures) {
        return times.ready(List.of(captures), clock.read());
    }

    @Test
    void aPulseOfASynchronisedClockIsSignedAsItIs() {
        Captured pulse = pulse(1);
        clock.becomes(ClockQuality.INFORMATIVE);
        clock.advance(Duration.ofSeconds(1));
        assertThat(ready(pulse)).containsExactly(pulse);
    }

    @Test
    void aPulseBeforeTheFirstSynchronisationGetsItsTimeFromBootTime() {
        clock.becomes(ClockQuality.INFORMATIVE);
        Captured pulse = pulse(1);
        clock.advance(Duration.ofSeconds(30));
        clock.stepWall(Duration.ofDays(3));
        clock.becomes(ClockQuality.SYNCHRONISED);
        clock.advance(Duration.ofSeconds(5));
        BoardClock.Reading at = ready(pulse).getFirst().at();
        assertThat(at.wall()).isEqualTo(NOON.plus(Duration.ofDays(3)));
        assertThat(at.quality()).isEqualTo(ClockQuality.SYNCHRONISED);
        assertThat(at.bootNanos()).isEqualTo(pulse.at().bootNanos());
    }

    @Test
    void itWaitsAsLongAsTheOperatorAllowsAndHoldsThoseBehindIt() {
        clock.becomes(ClockQuality.INFORMATIVE);
        Captured first = pulse(1);
        clock.advance(Duration.ofSeconds(119));
        Captured second = pulse(2);
        assertThat(ready(first, second)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(ready(first, second)).containsExactly(first);
    }

    @Test
    void aClockThatWasNeverSetIsWaitedForTenMinutes() {
        clock.becomes(ClockQuality.UNKNOWN);
        Captured pulse = pulse(1);
        clock.advance(Duration.ofMinutes(10).minusNanos(1));
        assertThat(ready(pulse)).isEmpty();
        clock.advance(Duration.ofNanos(1));
        assertThat(ready(pulse)).containsExactly(pulse);
    }

    @Test
    void afterAnotherBootThereIsNothingToMapFrom() {
        clock.becomes(ClockQuality.INFORMATIVE);
        Captured pulse = pulse(1);
        clock.reboot(Duration.ofSeconds(10));
        assertThat(ready(pulse)).containsExactly(pulse);
        clock.becomes(ClockQuality.SYNCHRONISED);
        assertThat(ready(pulse)).containsExactly(pulse);
    }

    @Test
    void aPulseOfHoursAgoIsMappedButOnlyInformative() {
        clock.becomes(ClockQuality.INFORMATIVE);
        Captured pulse = pulse(1);
        clock.advance(Duration.ofHours(1).plusMillis(1));
        clock.becomes(ClockQuality.SYNCHRONISED);
        assertThat(ready(pulse).getFirst().at().quality()).isEqualTo(ClockQuality.INFORMATIVE);
        assertThat(ready(pulse).getFirst().at().wall()).isEqualTo(NOON);
    }

    @Test
    void eventsKeepTheirPlaceAndTheirWords() {
        clock.becomes(ClockQuality.INFORMATIVE);
        Captured.OfEvent event =
                new Captured.OfEvent(
                        1, MeterEventKind.BOOT, new MeterEvent.Detail(1, 0, "v"), clock.read());
        clock.becomes(ClockQuality.SYNCHRONISED);
        assertThat(ready(event))
                .singleElement()
                .isInstanceOfSatisfying(
                        Captured.OfEvent.class,
                        found -> assertThat(found.detail()).isEqualTo(event.detail()));
    }
}
