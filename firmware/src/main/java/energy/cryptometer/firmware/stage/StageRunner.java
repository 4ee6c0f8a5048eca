package energy.cryptometer.firmware.stage;

import energy.cryptometer.timing.Backoff;
import energy.cryptometer.timing.TimeSource;
import energy.cryptometer.timing.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The turns of a stage, whoever takes them. A failure is one line in the log when it begins and
/// one when it is over, however often it comes back in between: each different line is logged once,
/// and no more than a handful. Between them the stage is tried again, with pauses that grow and
/// vary by chance, so that many meters do not come back at once.
///
/// Turns are taken by one thread; how the stage is may be asked by any.
public final class StageRunner implements Turn {
    /// For a stage that nobody has configured otherwise.
    public static final Backoff USUAL =
            Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(30));

    private static final System.Logger LOG = System.getLogger("cryptometer");

    /// Most lines about one failure: two nodes that are away in turn are two lines.
    private static final int MOST_LINES = 8;

    /// How a stage is.
    ///
    /// @param lastWorked when it last went through without a failure
    /// @param failure what is wrong now, in one line; empty when nothing is
    public record Health(String stage, Optional<Instant> lastWorked, Optional<String> failure) {}

    private final Stage stage;
    private final TimeSource time;
    private final RandomGenerator chance;
    private final AtomicReference<Health> health;
    private final Set<String> logged = new HashSet<>();
    private Backoff backoff;
    private volatile @Nullable Throwable failing;
    private volatile boolean busy;
    private volatile long busySinceNanos;

    /// @param backoff pauses after failures, before the first one
    /// @param chance varies them
    public StageRunner(Stage stage, Backoff backoff, TimeSource time, RandomGenerator chance) {
        this.stage = stage;
        this.backoff = backoff;
        this.time = time;
        this.chance = chance;
        this.health =
                new AtomicReference<>(new Health(stage.name(), Optional.empty(), Optional.empty()));
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
        return busy ? time.since(busySinceNanos) : Duration.ZERO;
    }

    @Override
    public Duration take() throws InterruptedException {
        busySinceNanos = time.nanoTime();
        busy = true;
        try {
            Duration pause = stage.runOnce();
            worked();
            return pause;
        } catch (PostponedException postponed) {
            failed(postponed);
            return postponed.pause();
        } catch (RuntimeException | StackOverflowError | LinkageError failure) {
            failed(failure);
            Duration pause = backoff.varied(chance);
            backoff = backoff.next();
            return pause;
        } finally {
            busy = false;
        }
    }

    private void worked() {
        if (failing != null) {
            LOG.log(System.Logger.Level.INFO, "{0}: works again", stage.name());
            logged.clear();
            backoff = backoff.reset();
            failing = null;
        }
        health.set(new Health(stage.name(), Optional.of(time.instant()), Optional.empty()));
    }

    /// @throws InterruptedException where the stage was only interrupted, because it is stopped
    private void failed(Throwable failure) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(failure.getMessage());
        }
        String line = oneLine(failure);
        if (logged.size() < MOST_LINES && logged.add(line)) {
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
}
