package energy.cryptometer.firmware.stage;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs a stage on a thread of its own until it is stopped. A failure is one line when it begins
/// and one when it is over, however often it comes back in between: each different line is said
/// once, and no more than a handful. Between them the stage is tried again, with pauses that grow
/// and vary by chance, so that many meters do not call at once.
public final class StageRunner implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("cryptometer");

    /// Most lines about one failure: two nodes that are away in turn are two lines.
    private static final int MOST_LINES = 8;

    private static final long IDLE = 0;

    /// How a stage is.
    ///
    /// @param lastWorked when it last went through without a failure
    /// @param failure what is wrong now, in one line; empty when nothing is
    public record Health(String stage, Optional<Instant> lastWorked, Optional<String> failure) {}

    private final Stage stage;
    private final Pauses pauses;
    private final Thread thread;
    private final AtomicReference<Health> health;
    private final Set<String> said = new HashSet<>();
    private volatile @Nullable Throwable failing;
    private volatile boolean stopped;
    private volatile long busySinceNanos = IDLE;

    public StageRunner(Stage stage, Pauses pauses) {
        this.stage = stage;
        this.pauses = pauses;
        this.health =
                new AtomicReference<>(new Health(stage.name(), Optional.empty(), Optional.empty()));
        this.thread = Thread.ofPlatform().name(stage.name()).unstarted(this::loop);
    }

    public StageRunner start() {
        thread.start();
        return this;
    }

    public Health health() {
        return health.get();
    }

    /// What the last turn failed with; empty when it went through.
    public Optional<Throwable> failing() {
        return Optional.ofNullable(failing);
    }

    /// For how long the present turn has been going on, for the watchdog; zero between turns.
    public Duration busyFor() {
        long since = busySinceNanos;
        return since == IDLE ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    /// Whether its thread is still at work; false soon after [#close].
    boolean isAlive() {
        return thread.isAlive();
    }

    private void loop() {
        Duration pause = pauses.first();
        while (!stopped) {
            try {
                Duration wait;
                try {
                    busySinceNanos = Math.max(1, System.nanoTime());
                    wait = stage.runOnce();
                    worked();
                    pause = pauses.first();
                } catch (PostponedException postponed) {
                    failed(postponed);
                    wait = postponed.pause();
                } catch (RuntimeException | StackOverflowError | LinkageError failure) {
                    failed(failure);
                    wait = Pauses.varied(pause, ThreadLocalRandom.current());
                    pause = pauses.after(pause);
                }
                busySinceNanos = IDLE;
                if (!wait.isZero()) {
                    Thread.sleep(wait);
                }
            } catch (InterruptedException _) {
                stopped = true;
            }
        }
    }

    private void worked() {
        Health before = health.get();
        if (before.failure().isPresent()) {
            LOG.log(System.Logger.Level.INFO, "{0}: works again", stage.name());
            said.clear();
        }
        failing = null;
        health.set(new Health(stage.name(), Optional.of(Instant.now()), Optional.empty()));
    }

    private void failed(Throwable failure) {
        if (stopped) {
            return;
        }
        String line = oneLine(failure);
        if (said.size() < MOST_LINES && said.add(line)) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", stage.name(), line);
        }
        failing = failure;
        health.set(new Health(stage.name(), health.get().lastWorked(), Optional.of(line)));
    }

    /// In words for a person; a bug has its class, too, so that it can be found.
    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        return (message == null ? failure.toString() : message).replaceAll("\\p{Cntrl}+", " ");
    }

    /// Asks the stage to stop and waits a bounded time.
    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
