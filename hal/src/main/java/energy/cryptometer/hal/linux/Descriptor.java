package energy.cryptometer.hal.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// An open file of this process that is closed exactly once. Numbers are used again by the kernel,
/// so nothing may be done with one that is closed: every method refuses that. Close a descriptor
/// only when no other thread is inside one of its calls.
public final class Descriptor implements AutoCloseable {
    private static final int O_RDWR = 2; // asm-generic/fcntl.h
    private static final int O_NONBLOCK = 04000; // asm-generic/fcntl.h
    private static final int O_CLOEXEC = 02000000; // asm-generic/fcntl.h
    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int FD_CLOEXEC = 1;
    private static final short POLLIN = 1;
    private static final long POLLFD_BYTES = 8;

    private static final CFunction OPEN =
            CFunction.variadic(
                    "open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final CFunction CLOSE =
            CFunction.of("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final CFunction READ =
            CFunction.of("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final CFunction WRITE =
            CFunction.of("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final CFunction POLL =
            CFunction.of("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final CFunction PIPE2 =
            CFunction.of("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final CFunction FCNTL =
            CFunction.variadic(
                    "fcntl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final CFunction IOCTL =
            CFunction.variadic(
                    "ioctl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));

    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Descriptor(int number) {
        this.number = number;
    }

    /// Takes over a descriptor that somebody left to this process, for example systemd. From now on
    /// it is not passed on to child processes.
    ///
    /// @throws SystemCallException EBADF where no such descriptor is open
    public static Descriptor adopt(int number) throws SystemCallException {
        int flags = (int) FCNTL.call(number, F_GETFD, 0);
        FCNTL.call(number, F_SETFD, flags | FD_CLOEXEC);
        return new Descriptor(number);
    }

    /// Takes over what a system call has just made.
    static Descriptor made(long number) {
        return new Descriptor(Math.toIntExact(number));
    }

    /// Opens an existing file or device for reading and writing, without waiting for it.
    public static Descriptor open(String path) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            return made(OPEN.call(arena.allocateFrom(path), O_RDWR | O_NONBLOCK | O_CLOEXEC, 0));
        }
    }

    /// A pipe that never blocks.
    public static Pipe pipe() throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(JAVA_INT, 2);
            PIPE2.call(ends, O_NONBLOCK | O_CLOEXEC);
            return new Pipe(made(ends.getAtIndex(JAVA_INT, 0)), made(ends.getAtIndex(JAVA_INT, 1)));
        }
    }

    /// The two ends of a pipe.
    public record Pipe(Descriptor read, Descriptor write) {}

    /// The number the kernel knows it by.
    public int number() {
        if (closed.get()) {
            throw new IllegalStateException("descriptor " + number + " is closed");
        }
        return number;
    }

    /// Another descriptor of the same open file.
    public Descriptor duplicate() throws SystemCallException {
        return made(FCNTL.call(number(), F_DUPFD_CLOEXEC, 0));
    }

    /// Reads and writes give EAGAIN from now on where they would have to wait.
    public void neverBlock() throws SystemCallException {
        int flags = (int) FCNTL.call(number(), F_GETFL, 0);
        FCNTL.call(number(), F_SETFL, flags | O_NONBLOCK);
    }

    /// `read(2)` straight into `into`, as many bytes as there are at most; 0 at the end of the
    /// file.
    public long read(MemorySegment into) throws SystemCallException {
        return READ.call(number(), into, into.byteSize());
    }

    /// `write(2)`.
    public long write(MemorySegment bytes) throws SystemCallException {
        return WRITE.call(number(), bytes, bytes.byteSize());
    }

    /// Whether there is something to read, or the other side is gone, before the time runs out. A
    /// signal ends the wait early.
    public boolean awaitReadable(Duration timeout) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(POLLFD_BYTES, Integer.BYTES);
            poll.set(JAVA_INT, 0, number());
            poll.set(JAVA_SHORT, Integer.BYTES, POLLIN);
            return POLL.call(poll, 1L, (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE)) > 0;
        } catch (SystemCallException e) {
            if (e.is(Errno.INTERRUPTED)) {
                return false;
            }
            throw e;
        }
    }

    /// `ioctl(2)` with a pointer to a structure.
    public long control(long request, MemorySegment structure) throws SystemCallException {
        return IOCTL.call(number(), request, structure);
    }

    /// Closes it; a second time does nothing. What `close(2)` answers is of no use: the number is
    /// gone in any case.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                CLOSE.call(number);
            } catch (SystemCallException _) {
                // EIO or EINTR: closed all the same (close(2), "Dealing with error returns")
            }
        }
    }

    @Override
    public String toString() {
        return "descriptor " + number;
    }
}
