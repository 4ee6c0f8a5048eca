package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.Errno;
import energy.cryptometer.hal.linux.SystemCallException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A line that is played: what the kernel would put into its buffer goes into a pipe, in the same
/// 48 bytes, and is read through a real descriptor. Like the kernel it numbers edges from 1 for
/// each request, and [#overflowing] drops the oldest.
final class PlayedLine implements OpenedLine.Lines, AutoCloseable {
    /// What the kernel keeps of one line.
    static final int KERNEL_BUFFER = 1_024;

    private Descriptor.Pipe pipe;
    private int sequence;
    private int requests;

    PlayedLine() {
        pipe = newPipe();
    }

    private static Descriptor.Pipe newPipe() {
        try {
            return Descriptor.pipe();
        } catch (SystemCallException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A new request: what was not read of the one before is gone.
    @Override
    public LineRequest request() {
        close();
        pipe = newPipe();
        sequence = 0;
        requests++;
        return line();
    }

    /// Another reader of the same request.
    LineRequest line() {
        try {
            return new LineRequest(pipe.read().duplicate());
        } catch (SystemCallException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How often the line was requested.
    int requests() {
        return requests;
    }

    /// The number of the last edge.
    int sequence() {
        return sequence;
    }

    /// The next edge has the number that follows this one.
    void numbersGoOnAfter(int before) {
        sequence = before;
    }

    /// The line changes; waits while the pipe is full.
    void edge(long nanos, boolean active) {
        sequence++;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(LineEvent.BYTES, Long.BYTES);
            new LineEvent(nanos, active, sequence).write(event, 0);
            while (!written(event)) {
                Thread.onSpinWait();
            }
        }
    }

    private boolean written(MemorySegment event) {
        try {
            return pipe.write().write(event) == LineEvent.BYTES;
        } catch (SystemCallException e) {
            if (e.is(Errno.AGAIN)) {
                return false;
            }
            throw new UncheckedIOException(e);
        }
    }

    /// As many edges come as the kernel has to drop: their numbers are gone.
    void overflowing(int edges) {
        sequence += edges;
    }

    /// The chip is pulled out: the line ends.
    void pulledOut() {
        pipe.write().close();
    }

    @Override
    public void close() {
        pipe.read().close();
        pipe.write().close();
    }
}
