package energy.cryptometer.hal.panel;

import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceHealth;
import java.time.Duration;

/// A source whose pulses are seen: each batch with a pulse flashes the light once, as it is given.
public record FlashingSource(PulseSource source, StatusLed light) implements PulseSource {
    @Override
    public SourceBatch await(Duration timeout) throws InterruptedException {
        SourceBatch batch = source.await(timeout);
        if (batch.items().stream().anyMatch(Pulse.class::isInstance)) {
            light.pulse();
        }
        return batch;
    }

    @Override
    public void acknowledge(long count) {
        source.acknowledge(count);
    }

    @Override
    public String description() {
        return source.description();
    }

    @Override
    public SourceHealth health() {
        return source.health();
    }

    @Override
    public boolean hasEnded() {
        return source.hasEnded();
    }

    @Override
    public void close() {
        source.close();
    }
}
