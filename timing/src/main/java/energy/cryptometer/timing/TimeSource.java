package energy.cryptometer.timing;

import java.time.Duration;
import java.time.InstantSource;

/// The two clocks of a machine: the date (UTC, may be set and jump) and the time that has passed
/// (starts anywhere, never goes back). Safe for threads.
public interface TimeSource extends InstantSource {
    /// Nanoseconds of the clock that never goes back. Only differences mean something: compare with
    /// [#since], which holds when the number overflows.
    long nanoTime();

    /// The time that has passed since `nanoTime` gave `start`.
    default Duration since(long start) {
        return Duration.ofNanos(nanoTime() - start);
    }
}
