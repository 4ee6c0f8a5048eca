package energy.cryptometer.firmware.stage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/// Runs a stage on a thread of its own until it is stopped. A failure is one line when it begins
/// and one when it is over; between them the stage is tried again, with pauses that grow from a
/// tenth of a second to half a minute and vary by chance, so that many meters do not knock at once.
public final class StageRunner implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("cryptometer");

    /// How a stage is.
    ///
    /// @param lastWorked when it last went through without a failure
    /// @param failure what is wrong now, in one line; empty when nothing is
    public record Health(String stage, Optional<Instant> lastWorked, Optional<String> failure) {}

    private final Stage stage;
    private final Pauses pauses;
    private final Thread thread;
    private final AtomicReference<Health> health;
    private volatile boolean stopped;

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

    private void loop() {
        Duration pause = pauses.first();
        while (!stopped) {
            try {
                Duration wait;
                try {
                    wait = stage.runOnce();
                    worked();
                    pause = pauses.first();
                } catch (RuntimeException failure) {
                    failed(failure);
                    wait = Pauses.varied(pause, ThreadLocalRandom.current());
                    pause = pauses.after(pause);
                }
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
        }
        health.set(new Health(stage.name(), Optional.of(Instant.now()), Optional.empty()));
    }

    private void failed(RuntimeException failure) {
        String line = oneLine(failure);
        Health before = health.get();
        if (!before.failure().equals(Optional.of(line))) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", stage.name(), line);
        }
        health.set(new Health(stage.name(), before.lastWorked(), Optional.of(line)));
    }

    private static String oneLine(RuntimeException failure) {
        String message = failure.getMessage();
        return (message == null ? failure.getClass().getSimpleName() : message).replace('\n', ' ');
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
