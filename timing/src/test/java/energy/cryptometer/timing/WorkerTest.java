package energy.cryptometer.timing;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.timing.Worker.Closing;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Worker worker(Turn turn, Closing closing) {
        return new Worker("test", turn, closing, Duration.ofSeconds(20));
    }

    @Test
    void aTurnThatAsksForNoPauseIsTakenAgainAtOnce() throws InterruptedException {
        CountDownLatch turns = new CountDownLatch(100);
        Turn turn =
                () -> {
                    turns.countDown();
                    return Duration.ZERO;
                };
        try (Worker _ = worker(turn, Closing.INTERRUPTS).start()) {
            assertThat(turns.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aPauseEndsWhenTheWorkerIsWoken() throws InterruptedException {
        Semaphore turns = new Semaphore(0);
        Turn turn =
                () -> {
                    turns.release();
                    return HOUR;
                };
        try (Worker worker = worker(turn, Closing.LETS_FINISH).start()) {
            assertThat(turns.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            worker.wake();
            assertThat(turns.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aWakeBeforeThePauseIsNotForgotten() throws InterruptedException {
        Semaphore turns = new Semaphore(0);
        AtomicReference<Worker> self = new AtomicReference<>();
        AtomicBoolean first = new AtomicBoolean(true);
        Turn turn =
                () -> {
                    if (first.getAndSet(false)) {
                        self.get().wake();
                    }
                    turns.release();
                    return HOUR;
                };
        self.set(worker(turn, Closing.INTERRUPTS));
        try (Worker _ = self.get().start()) {
            assertThat(turns.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closingInterruptsATurnThatWaits() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Turn turn =
                () -> {
                    waiting.countDown();
                    never.await();
                    return Duration.ZERO;
                };
        Worker worker = worker(turn, Closing.INTERRUPTS).start();
        assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
        worker.close();
        assertThat(worker.isAlive()).isFalse();
    }

    @Test
    void closingLetsAWritingTurnFinish() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean finished = new AtomicBoolean();
        Turn turn =
                () -> {
                    begun.countDown();
                    goOn.await(); // would throw if it were interrupted
                    finished.set(true);
                    return HOUR;
                };
        Worker worker = worker(turn, Closing.LETS_FINISH).start();
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        Thread closer = Thread.ofVirtual().start(worker::close);
        goOn.countDown();
        closer.join();
        assertThat(finished).isTrue();
        assertThat(worker.isAlive()).isFalse();
    }

    @Test
    void aTurnMayCloseItsOwnWorker() throws InterruptedException {
        CountDownLatch turns = new CountDownLatch(1);
        AtomicReference<Worker> self = new AtomicReference<>();
        Turn turn =
                () -> {
                    self.get().close();
                    turns.countDown();
                    return Duration.ZERO;
                };
        self.set(worker(turn, Closing.LETS_FINISH));
        self.get().start();
        assertThat(turns.await(20, TimeUnit.SECONDS)).isTrue();
        self.get().close();
        assertThat(self.get().isAlive()).isFalse();
    }
}
