package energy.cryptometer.timing;

import java.time.Instant;

/// The machine's own clocks. Named by programs and tests only.
public final class SystemTime implements TimeSource {
    public static final TimeSource CLOCKS = new SystemTime();

    private SystemTime() {}

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
