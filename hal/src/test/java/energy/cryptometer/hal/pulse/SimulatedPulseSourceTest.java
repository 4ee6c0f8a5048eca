package energy.cryptometer.hal.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SimulatedPulseSourceTest implements PulseSourceContract {
    private final SimulatedClock clock =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));
    private SimulatedPulseSource source =
            SimulatedPulseSource.open(clock, SourceState.NEVER_STARTED);

    @Override
    public PulseSource open(SourceState state) {
        source = SimulatedPulseSource.open(clock, state);
        return source;
    }

    @Override
    public void meterPulses(int pulses) {
        source.pulse(pulses);
    }

    @Test
    void eventsKeepTheirPlaceAmongThePulses() throws InterruptedException {
        SourceEvent event = new SourceEvent.EdgesLost(clock.read(), 7, 4);
        source.pulse(1);
        source.happens(event);
        clock.advance(Duration.ofSeconds(1));
        source.pulse(1);
        assertThat(source.await(Duration.ZERO).items())
                .containsExactly(
                        new Pulse(1, event.capturedAt()), event, new Pulse(2, clock.read()));
        assertThat(source.await(Duration.ZERO).isEmpty()).isTrue();
    }

    @Test
    void aWaitingReaderWakesUpForAPulse() throws InterruptedException {
        Thread meter = Thread.ofVirtual().start(() -> source.pulse(1));
        assertThat(source.await(ENOUGH).items()).hasSize(1);
        meter.join();
    }
}
