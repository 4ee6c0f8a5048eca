package energy.cryptometer.hal.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;

/// `CLOCK_MONOTONIC`, the clock in which the kernel dates the edges of a GPIO line. It stands still
/// while the machine is suspended, unlike `CLOCK_BOOTTIME`.
public final class MonotonicClock {
    private static final int CLOCK_MONOTONIC = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final CFunction CLOCK_GETTIME =
            CFunction.of("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    private MonotonicClock() {}

    /// Nanoseconds of the kernel's monotonic clock.
    public static long nanos() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(2L * Long.BYTES, Long.BYTES);
            CLOCK_GETTIME.call(CLOCK_MONOTONIC, time);
            return time.get(JAVA_LONG, 0) * NANOS_PER_SECOND + time.get(JAVA_LONG, Long.BYTES);
        } catch (SystemCallException e) {
            throw new IllegalStateException("the kernel does not tell the time", e);
        }
    }
}
