package energy.cryptometer.firmware.config;

import energy.cryptometer.hal.meter.RegisterPort;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceHealth;
import java.time.Duration;

/// A meter that is alone on its line: closing it closes the line.
record SourceWithPort(PulseSource source, RegisterPort port) implements PulseSource {
    @Override
    public SourceBatch await(Duration timeout) throws InterruptedException {
        return source.await(timeout);
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
    public void close() {
        source.close();
        port.close();
    }
}
