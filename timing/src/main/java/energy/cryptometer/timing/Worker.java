package energy.cryptometer.timing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One thread that takes turns until it is closed: the only place where a thread of ours is
/// started, waits between turns, and is stopped. A turn handles its own failures; what it throws
/// all the same ends the worker and goes to the thread's handler of uncaught exceptions.
public final class Worker implements AutoCloseable {
    /// What closing does to a turn that is going on.
    public enum Closing {
        /// Interrupts it: it may wait for a device, a node or a token.
        INTERRUPTS,
        /// Lets it finish: it writes what must not be left half done.
        LETS_FINISH
    }

    private final Turn turn;
    private final Closing closing;
    private final Duration patience;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean closed;
    private boolean due;

    /// @param name of the thread
    /// @param closing what [#close] does to a turn that is going on
    /// @param patience how long [#close] waits for it at most
    public Worker(String name, Turn turn, Closing closing, Duration patience) {
        this.turn = turn;
        this.closing = closing;
        this.patience = patience;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    public Worker start() {
        thread.start();
        return this;
    }

    /// Ends the pause between turns, if there is one: something is due earlier than was said.
    public void wake() {
        lock.lock();
        try {
            due = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Whether its thread is at work or between turns.
    public boolean isAlive() {
        return thread.isAlive();
    }

    private void run() {
        try {
            Duration pause = Duration.ZERO;
            while (paused(pause)) {
                pause = turn.take();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed; the thread ends here
        }
    }

    /// Waits; says whether there is to be another turn.
    private boolean paused(Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = pause.toNanos();
            while (!closed && !due && left > 0) {
                left = woken.awaitNanos(left);
            }
            due = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /// No further turn; waits for one that is going on, at most `patience`. May be called by the
    /// turn itself, and more than once.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
        if (closing == Closing.INTERRUPTS) {
            thread.interrupt();
        }
        if (!Thread.currentThread().equals(thread)) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        long left = patience.toNanos();
        while (thread.isAlive() && left > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException _) {
                interrupted = true; // said again below; what we wait for is bounded
            }
            left = deadline - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
