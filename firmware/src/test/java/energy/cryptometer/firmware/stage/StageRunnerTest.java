package energy.cryptometer.firmware.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.timing.Backoff;
import energy.cryptometer.timing.VirtualTime;
import energy.cryptometer.timing.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StageRunnerTest {
    private static final Duration REST = Duration.ofMillis(1);

    private final Logger logger = Logger.getLogger("cryptometer");
    private final Lines lines = new Lines();
    private final Queue<Throwable> failures = new ArrayDeque<>();
    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T10:00:00Z"));

    /// What a person would read.
    private static final class Lines extends Handler {
        private final List<String> written = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            written.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
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
                    return REST;
                }
            };

    private final StageRunner runner = runner(stage);

    private StageRunner runner(Stage ofStage) {
        return new StageRunner(
                ofStage,
                Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(30)),
                time,
                RandomGenerator.of("SplittableRandom"));
    }

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

    /// Takes turns until the stage has worked.
    private List<Duration> untilItWorks() throws InterruptedException {
        List<Duration> pauses = new ArrayList<>();
        do {
            pauses.add(runner.take());
        } while (runner.failing().isPresent());
        return pauses;
    }

    @Test
    void aFailureIsOneLineAndItsEndAnother() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            failures.add(new IllegalStateException("the node\nis away"));
        }
        assertThat(runner.take()).isPositive();
        assertThat(runner.health().failure()).contains("the node is away");
        assertThat(runner.health().lastWorked()).isEmpty();
        time.advance(Duration.ofSeconds(5));
        untilItWorks();
        assertThat(runner.health().failure()).isEmpty();
        assertThat(runner.health().lastWorked()).contains(time.instant());
        assertThat(lines.written)
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
        untilItWorks();
        assertThat(lines.written)
                .startsWith("WARNING test: node 0", "WARNING test: node 1")
                .hasSize(9)
                .endsWith("INFO test: works again");
    }

    @Test
    void aBugStopsNeitherTheStageNorTheProgram() throws InterruptedException {
        failures.add(new StackOverflowError());
        failures.add(new UnsatisfiedLinkError("no softhsm2 in java.library.path"));
        failures.add(new IndexOutOfBoundsException());
        untilItWorks();
        assertThat(lines.written)
                .containsExactly(
                        "WARNING test: java.lang.StackOverflowError",
                        "WARNING test: no softhsm2 in java.library.path",
                        "WARNING test: java.lang.IndexOutOfBoundsException",
                        "INFO test: works again");
    }

    @Test
    void pausesGrowWhileItFailsAndBeginAnewWhenItWorks() throws InterruptedException {
        for (int i = 0; i < 12; i++) {
            failures.add(new IllegalStateException("away"));
        }
        List<Duration> pauses = untilItWorks();
        assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(50), Duration.ofMillis(150));
        assertThat(pauses.get(11)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(45));
        assertThat(pauses.getLast()).isEqualTo(REST);
        failures.add(new IllegalStateException("away"));
        assertThat(runner.take()).isBetween(Duration.ofMillis(50), Duration.ofMillis(150));
    }

    @Test
    void whoPutsAStageOffSaysForHowLong() throws InterruptedException {
        failures.add(new PostponedException("full", Duration.ofSeconds(7)));
        assertThat(runner.take()).isEqualTo(Duration.ofSeconds(7));
        assertThat(runner.health().failure()).contains("full");
    }

    /// A stage whose wait is ended by an interruption, as a call to a node or a token is.
    private static final class Waiting implements Stage {
        private final CountDownLatch inside = new CountDownLatch(1);

        @Override
        public String name() {
            return "waiting";
        }

        @Override
        public Duration runOnce() {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            return Duration.ZERO;
        }
    }

    @Test
    void aStageThatWaitsStopsAtOnceAndSaysNothing() throws InterruptedException {
        Waiting waiting = new Waiting();
        Worker worker =
                new Worker(
                                "waiting",
                                runner(waiting),
                                Worker.Closing.INTERRUPTS,
                                Duration.ofSeconds(50))
                        .start();
        waiting.inside.await();
        worker.close();
        assertThat(worker.isAlive()).isFalse();
        assertThat(lines.written).isEmpty();
    }

    @Test
    void howLongATurnHasBeenGoingOnIsSeenFromOutside() throws InterruptedException {
        StageRunner[] itself = new StageRunner[1];
        itself[0] =
                runner(
                        new Stage() {
                            @Override
                            public String name() {
                                return "slow";
                            }

                            @Override
                            public Duration runOnce() {
                                time.advance(Duration.ofSeconds(9));
                                return itself[0].busyFor();
                            }
                        });
        assertThat(itself[0].busyFor()).isZero();
        assertThat(itself[0].take()).isEqualTo(Duration.ofSeconds(9));
        assertThat(itself[0].busyFor()).isZero();
    }

    @Test
    void aFailureOfAStageThatIsBeingStoppedIsNone() {
        failures.add(new IllegalStateException("interrupted"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(runner::take).isInstanceOf(InterruptedException.class);
        assertThat(runner.failing()).isEmpty();
        assertThat(lines.written).isEmpty();
    }
}
