package energy.cryptometer.fullnode.voting;

import energy.cryptometer.fullnode.chain.ChainStore;
import energy.cryptometer.fullnode.log.NodeLog;
import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Calls the producer whenever a block is due. A failing disk or token delays a block, and is told
/// once; it never skips one.
public final class MarketStepDriver implements AutoCloseable {
    /// The wall clock may jump, so it is asked again at least this often.
    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

    /// While catching up, at most this many blocks a second, so that meters are served too.
    private static final Duration CATCH_UP_PAUSE = Duration.ofMillis(4);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final long PROGRESS_EVERY = 100;

    private final VotingRound producer;
    private final ChainStore chain;
    private final InstantSource clock;
    private final NodeLog log;
    private final Consumer<Height> approved;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private final Thread thread;
    private boolean closed;
    private String complaint = "";

    /// @param approved called after each block, on the driver's thread
    public MarketStepDriver(
            VotingRound producer,
            ChainStore chain,
            InstantSource clock,
            NodeLog log,
            Consumer<Height> approved) {
        this.producer = producer;
        this.chain = chain;
        this.clock = clock;
        this.log = log;
        this.approved = approved;
        this.thread = Thread.ofPlatform().daemon().name("producer").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        Duration pause = Duration.ZERO;
        while (pausedFor(pause)) {
            pause = tick();
        }
    }

    /// Does what is due now: at most one block.
    ///
    /// @return how long to wait before the next call
    Duration tick() {
        Instant now = clock.instant();
        return switch (BlockTimeline.at(now, chain.head(), chain.genesis().schedule())) {
            case BlockTimeline.Wait(Instant until) -> {
                Duration wait = Duration.between(now, until);
                yield wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
            }
            case BlockTimeline.Close(Height height, long behind) -> close(height, behind);
        };
    }

    private Duration close(Height height, long behind) {
        try {
            VotingRound.Closed closedBlock = producer.closeNext();
            complaint = "";
            if (behind == 0 || closedBlock.transactions() > 0) {
                closedBlock.tell(log);
            }
            if (behind > 0 && height.value() % PROGRESS_EVERY == 0) {
                log.line("catching-up height=%d behind=%d".formatted(height.value(), behind));
            }
            approved.accept(height);
            return behind > 0 ? CATCH_UP_PAUSE : Duration.ZERO;
        } catch (StoreException | KeyException failure) {
            complain(height, String.valueOf(failure.getMessage()));
            return AFTER_FAILURE;
        } catch (RuntimeException unexpected) {
            complain(height, "unexpected: " + unexpected);
            return AFTER_FAILURE;
        }
    }

    private void complain(Height height, String why) {
        if (!why.equals(complaint)) {
            complaint = why;
            log.line("delayed height=%d: %s; trying again".formatted(height.value(), why));
        }
    }

    private boolean pausedFor(Duration pause) {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Lets a block that is being made finish, at most 20 s.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        if (!thread.isAlive()) {
            return;
        }
        try {
            boolean _ = thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
