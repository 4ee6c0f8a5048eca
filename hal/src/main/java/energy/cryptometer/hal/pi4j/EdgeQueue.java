package energy.cryptometer.hal.pi4j;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.edge.Edge;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Between Pi4J's thread and the one that counts. Pi4J tells neither when a line changed nor the
/// how-manieth change it was, so both are noted here, as soon as we are told. What finds no room is
/// left out and leaves a hole in the numbers.
final class EdgeQueue {
    /// Half an hour of the fastest pulses.
    static final int MOST = 65_536;

    private final BoardClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Deque<Edge> waiting = new ArrayDeque<>();
    private final int most;
    private long sequence;

    EdgeQueue(BoardClock clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    /// What was taken, and the time then: up to it no other edge was told.
    record Taken(List<Edge> edges, BoardClock.Reading now, boolean isAll) {}

    /// The line changed.
    void changed(boolean active) {
        lock.lock();
        try {
            sequence++;
            if (waiting.size() < most) {
                waiting.add(new Edge(clock.read().bootNanos(), active, sequence));
            }
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The oldest edges.
    Taken take(int atMost) {
        lock.lock();
        try {
            List<Edge> edges = new ArrayList<>();
            while (!waiting.isEmpty() && edges.size() < atMost) {
                edges.add(waiting.remove());
            }
            return new Taken(edges, clock.read(), waiting.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /// Returns when there is an edge, or the time has run out.
    void await(Duration longest) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = longest.toNanos();
            while (waiting.isEmpty() && left > 0) {
                left = news.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
