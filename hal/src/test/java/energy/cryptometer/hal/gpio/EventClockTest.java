package energy.cryptometer.hal.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.LinuxClock;
import energy.cryptometer.hal.clock.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class EventClockTest {
    private static final Instant NOON = Instant.parse("2026-06-21T12:00:00Z");

    @Test
    void aProgramThatIsHeldUpBetweenTheReadingsDatesEdgesAllTheSame() {
        SimulatedClock board = SimulatedClock.startingAt(NOON);
        board.advance(Duration.ofSeconds(1));
        AtomicLong monotonic = new AtomicLong(900_000_000);
        EventClock clock = EventClock.of(board, () -> monotonic.getAndAdd(500_000_000));
        EventClock.Moment now = clock.now();
        assertThat(now.at(950_000_000).bootNanos()).isEqualTo(950_000_000);
        assertThat(now.at(950_000_000).wall()).isEqualTo(NOON.plusMillis(950));
    }

    @Test
    void theTimeInSuspendIsAdded() {
        SimulatedClock board = SimulatedClock.startingAt(NOON);
        board.advance(Duration.ofSeconds(100));
        EventClock clock = EventClock.of(board, () -> 40_000_000_000L);
        assertThat(clock.now().suspendedNanos()).isEqualTo(60_000_000_000L);
        assertThat(clock.now().at(39_000_000_000L).wall()).isEqualTo(NOON.plusSeconds(99));
        assertThat(clock.now().atBoot(99_000_000_000L)).isEqualTo(clock.now().at(39_000_000_000L));
    }

    @Test
    void onAMachineThatIsNotSuspendedTheKernelsClocksAreOne() {
        EventClock clock = EventClock.ofKernel(LinuxClock.ofThisMachine());
        long nanos = clock.nanos();
        EventClock.Moment now = clock.now();
        assertThat(now.suspendedNanos()).isNotNegative();
        assertThat(now.at(nanos).bootNanos()).isEqualTo(nanos + now.suspendedNanos());
    }
}
