package energy.cryptometer.timing;

import java.time.Duration;
import java.time.Instant;

/// Clocks that stand still until they are moved: for tests, and for whole communities in one
/// thread. Safe for threads.
public final class VirtualTime implements TimeSource {
    private Instant instant;
    private long nanos;

    public VirtualTime(Instant start) {
        this.instant = start;
    }

    @Override
    public synchronized Instant instant() {
        return instant;
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    /// Lets time pass on both clocks.
    ///
    /// @param passed not negative
    public synchronized void advance(Duration passed) {
        if (passed.isNegative()) {
            throw new IllegalArgumentException("time does not pass by " + passed);
        }
        nanos += passed.toNanos();
        instant = instant.plus(passed);
    }

    /// Sets the date, as a person or a time service would; the time that has passed is not changed.
    public synchronized void set(Instant date) {
        instant = date;
    }
}
