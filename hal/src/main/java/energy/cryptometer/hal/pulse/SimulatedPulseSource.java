package energy.cryptometer.hal.pulse;

import energy.cryptometer.hal.clock.BoardClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A meter that pulses when told to: the pulse input of the simulated board. Any thread may make
/// pulses. Like a contact it keeps nothing over a restart: only the count goes on.
public final class SimulatedPulseSource implements PulseSource {
    private final BoardClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final Deque<SourceItem> waiting = new ArrayDeque<>();
    private long made;
    private long given;
    private long acknowledged;
    private boolean ended;
    private boolean closed;

    private SimulatedPulseSource(BoardClock clock, long count) {
        this.clock = clock;
        made = count;
        given = count;
        acknowledged = count;
    }

    /// A source that goes on after `state`, and takes its times from `clock`.
    public static SimulatedPulseSource open(BoardClock clock, SourceState state) {
        return new SimulatedPulseSource(clock, state.count());
    }

    /// The meter gives `pulses` pulses now.
    public void pulse(int pulses) {
        BoardClock.Reading now = clock.read();
        lock.lock();
        try {
            for (int i = 0; i < pulses; i++) {
                made++;
                waiting.add(new Pulse(made, now));
            }
            something.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The meter is pulled out: what waits is still given, then nothing more.
    public void pulledOut() {
        lock.lock();
        try {
            ended = true;
            something.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Something else happens.
    public void happens(SourceEvent event) {
        lock.lock();
        try {
            waiting.add(event);
            something.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public SourceBatch await(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !ended && left > 0) {
                left = something.awaitNanos(left);
            }
            List<SourceItem> items = new ArrayList<>();
            while (!waiting.isEmpty() && items.size() < SourceBatch.MOST_ITEMS) {
                SourceItem item = waiting.remove();
                items.add(item);
                given = item instanceof Pulse pulse ? pulse.count() : given;
            }
            return new SourceBatch(items, new SourceState(given, Optional.empty()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void acknowledge(long count) {
        lock.lock();
        try {
            PulseSource.checkAcknowledged(count, acknowledged, given);
            acknowledged = count;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String description() {
        return "simulated pulse input";
    }

    @Override
    public SourceHealth health() {
        lock.lock();
        try {
            boolean lost = ended || closed;
            return new SourceHealth(
                    lost ? SourceHealth.Condition.LOST : SourceHealth.Condition.GOOD,
                    "simulated pulse input "
                            + (closed ? "is closed" : ended ? "is pulled out" : "counts"),
                    Map.of("pulses", made));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
