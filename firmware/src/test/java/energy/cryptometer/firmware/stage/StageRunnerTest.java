package energy.cryptometer.firmware.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StageRunnerTest {
    private static final Pauses SHORT = new Pauses(Duration.ofMillis(1), Duration.ofMillis(1));

    private final Logger logger = Logger.getLogger("cryptometer");
    private final Lines lines = new Lines();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Semaphore worked = new Semaphore(0);

    /// What a person would read.
    private static final class Lines extends Handler {
        private final List<String> said = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            said.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /// Fails as told, then works.
    private final Stage stage =
            new Stage() {
                @Override
                public String name() {
                    return "test";
                }

                @Override
                public Duration runOnce() {
                    Throwable told = failures.poll();
                    if (told instanceof RuntimeException failure) {
                        throw failure;
                    }
                    if (told instanceof Error failure) {
                        throw failure;
                    }
                    worked.release();
                    return Duration.ofMillis(1);
                }
            };

    @BeforeEach
    void listen() {
        logger.setUseParentHandlers(false);
        logger.addHandler(lines);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(lines);
        logger.setUseParentHandlers(true);
    }

    @Test
    void aFailureIsOneLineAndItsEndAnother() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            failures.add(new IllegalStateException("the node\nis away"));
        }
        try (StageRunner runner = new StageRunner(stage, SHORT).start()) {
            worked.acquire(2);
            assertThat(runner.health().failure()).isEmpty();
            assertThat(runner.health().lastWorked()).isPresent();
        }
        assertThat(lines.said)
                .containsExactly("WARNING test: the node is away", "INFO test: works again");
    }

    @Test
    void twoFailuresInTurnAreTwoLinesAndAThousandAreAHandful() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            failures.add(new IllegalStateException("node " + i % 2));
        }
        for (int i = 0; i < 50; i++) {
            failures.add(new IllegalStateException("sequence " + i));
        }
        StageRunner runner = new StageRunner(stage, SHORT).start();
        worked.acquire(1);
        runner.close();
        assertThat(lines.said)
                .startsWith("WARNING test: node 0", "WARNING test: node 1")
                .hasSize(9)
                .endsWith("INFO test: works again");
    }

    @Test
    void aBugStopsNeitherTheStageNorTheProgram() throws InterruptedException {
        failures.add(new StackOverflowError());
        failures.add(new UnsatisfiedLinkError("no softhsm2 in java.library.path"));
        failures.add(new IndexOutOfBoundsException());
        StageRunner runner = new StageRunner(stage, SHORT).start();
        worked.acquire(1);
        runner.close();
        assertThat(lines.said)
                .containsExactly(
                        "WARNING test: java.lang.StackOverflowError",
                        "WARNING test: no softhsm2 in java.library.path",
                        "WARNING test: java.lang.IndexOutOfBoundsException",
                        "INFO test: works again");
    }

    @Test
    void aStageThatWaitsStopsAtOnceAndSaysNothing() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        Stage waiting =
                new Stage() {
                    @Override
                    public String name() {
                        return "waiting";
                    }

                    @Override
                    public Duration runOnce() throws InterruptedException {
                        inside.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException _) {
                            throw new IllegalStateException("interrupted");
                        }
                        return Duration.ZERO;
                    }
                };
        StageRunner runner = new StageRunner(waiting, Pauses.USUAL).start();
        inside.await();
        runner.close();
        assertThat(runner.isAlive()).isFalse();
        assertThat(lines.said).isEmpty();
    }

    @Test
    void aPauseGrowsToItsLimitAndVariesByChance() {
        Pauses pauses = new Pauses(Duration.ofMillis(100), Duration.ofSeconds(30));
        Duration pause = pauses.first();
        for (int i = 0; i < 20; i++) {
            pause = pauses.after(pause);
        }
        assertThat(pause).isEqualTo(pauses.longest());
        Seeds.forAll(
                1000,
                random -> {
                    Duration base = Duration.ofMillis(random.nextLong(1, 3_600_000));
                    Duration varied = Pauses.varied(base, random);
                    assertThat(varied)
                            .isBetween(
                                    base.dividedBy(2).minusMillis(1),
                                    base.plus(base.dividedBy(2)).plusMillis(1));
                });
    }

    @Test
    void pausesThatAreNoRangeAreRefused() {
        assertThatThrownBy(() -> new Pauses(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("pauses from PT2S to PT1S are no range");
    }
}
