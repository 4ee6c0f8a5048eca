package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.linux.SystemCallException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Takes edges from the kernel into the ring, whatever the rest of the program does: also while the
/// journal cannot be written.
final class EdgeReader implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);
    private static final long PAUSE_WHEN_FULL_NANOS = 20_000_000;

    private final LineRequest line;
    private final EdgeRing ring;
    private final LongSupplier monotonic;
    private final Runnable news;
    private final Thread thread;
    private volatile Quiet quiet = new Quiet(Long.MIN_VALUE, 0);
    private volatile @Nullable String failure;
    private volatile boolean full;
    private volatile boolean stopping;

    /// Every edge that the kernel had noted by `nanos` stands before place `head`.
    record Quiet(long nanos, long head) {}

    /// A reader that does nothing until it is started.
    ///
    /// @param news called after each turn, from the reader's thread
    EdgeReader(LineRequest line, EdgeRing ring, LongSupplier monotonic, Runnable news) {
        this.line = line;
        this.ring = ring;
        this.monotonic = monotonic;
        this.news = news;
        thread = Thread.ofPlatform().name("edges").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stopping) {
                turn(LONGEST_WAIT);
                if (full) {
                    LockSupport.parkNanos(PAUSE_WHEN_FULL_NANOS);
                }
            }
        } catch (SystemCallException | RuntimeException e) {
            failure = Optional.ofNullable(e.getMessage()).orElse(e.toString());
        }
        news.run();
    }

    /// Waits for an edge, at most so long, and takes what is there.
    void turn(Duration longest) throws SystemCallException {
        MemorySegment space = ring.space();
        full = space.byteSize() == 0;
        if (full) {
            return;
        }
        boolean _ = line.await(longest);
        long before = monotonic.getAsLong();
        int edges = line.read(space);
        ring.filled(edges);
        if (edges * LineEvent.BYTES < space.byteSize()) {
            // The kernel gives all it has: fewer than asked for means that nothing is left.
            quiet = new Quiet(before, ring.head());
        }
        news.run();
    }

    Quiet quiet() {
        return quiet;
    }

    /// Whether the ring has no room, so that edges stay with the kernel.
    boolean isFull() {
        return full;
    }

    /// Why nothing is read any more, in one line.
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /// Stops reading. What the kernel has stays there as long as the line is open.
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
