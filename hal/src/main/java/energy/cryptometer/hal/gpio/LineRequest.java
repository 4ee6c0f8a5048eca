package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.Errno;
import energy.cryptometer.hal.linux.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;

/// A line that reports its edges through a descriptor, each as 48 bytes: one that the kernel gave
/// for a GPIO line, or a pipe into which a test writes the same. One thread reads it.
final class LineRequest implements AutoCloseable {
    private static final long GET_VALUES = 0xC010B40EL; // GPIO_V2_LINE_GET_VALUES_IOCTL
    private static final long VALUES_BYTES = 16; // struct gpio_v2_line_values: bits, mask
    private static final long VALUES_MASK_AT = 8;

    private final Descriptor descriptor;

    /// The descriptor belongs to the line from now on.
    LineRequest(Descriptor descriptor) throws SystemCallException {
        this.descriptor = descriptor;
        descriptor.neverBlock();
    }

    Descriptor descriptor() {
        return descriptor;
    }

    /// Whether there is an edge to read, or an error, before the time runs out.
    boolean await(Duration timeout) throws SystemCallException {
        return descriptor.awaitReadable(timeout);
    }

    /// Takes the edges that are waiting, as many as fit, oldest first.
    ///
    /// @param into a whole number of edges long, at least one
    /// @return how many edges were taken; 0 when none waits
    /// @throws SystemCallException ENODEV where the chip is gone
    /// @throws GpioException where what comes are no edges
    int read(MemorySegment into) throws SystemCallException {
        long bytes;
        try {
            bytes = descriptor.read(into);
        } catch (SystemCallException e) {
            if (e.is(Errno.AGAIN) || e.is(Errno.INTERRUPTED)) {
                return 0;
            }
            throw e;
        }
        if (bytes == 0 || bytes % LineEvent.BYTES != 0) {
            throw new GpioException(
                    "the line gave "
                            + bytes
                            + " bytes, that is no whole number of edges of "
                            + LineEvent.BYTES);
        }
        return Math.toIntExact(bytes / LineEvent.BYTES);
    }

    /// Whether the contact is closed now, as the kernel sees it; empty where the line cannot be
    /// asked, as a pipe cannot.
    Optional<Boolean> closedNow() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(VALUES_BYTES, Long.BYTES);
            values.set(ValueLayout.JAVA_LONG, VALUES_MASK_AT, 1);
            descriptor.control(GET_VALUES, values);
            return Optional.of((values.get(ValueLayout.JAVA_LONG, 0) & 1) != 0);
        } catch (SystemCallException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
