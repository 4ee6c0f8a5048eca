package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.Errno;
import energy.cryptometer.hal.linux.SystemCallException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/// A line that reports its edges through a descriptor, each as 48 bytes: one that the kernel gave
/// for a GPIO line, or a pipe into which a test writes the same. One thread reads it.
final class EdgeLine implements AutoCloseable {
    private final Descriptor descriptor;

    /// The descriptor belongs to the line from now on.
    EdgeLine(Descriptor descriptor) throws SystemCallException {
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

    @Override
    public void close() {
        descriptor.close();
    }
}
