package energy.cryptometer.firmware.capture;

import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceHealth;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.store.StoreException;
import energy.cryptometer.store.StoreException.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Counts: takes batches from a source, writes each to the journal and acknowledges it. One thread
/// owns the source.
///
/// A journal that cannot be written is tried again, at first after 100 ms and then every second,
/// for as long as it takes; meanwhile nothing more is taken from the source, which keeps what
/// comes. The trouble is reported once when it begins and once when it is over. Where no pulse
/// comes, the journal is written all the same, once a minute.
public final class CaptureStage implements AutoCloseable {
    private static final Duration LONGEST_AWAIT = Duration.ofSeconds(1);

    /// How often the journal is written when no pulse comes.
    private static final Duration PROBE = Duration.ofSeconds(60);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    /// What may pass by waiting; anything else ends the stage.
    private static final Set<Reason> PASSING =
            EnumSet.of(Reason.FULL, Reason.IO, Reason.LOCKED, Reason.READ_ONLY);

    private final PulseSource source;
    private final Journal journal;
    private final Consumer<String> report;
    private final Duration probe;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile long lastTurnNanos = System.nanoTime();
    private volatile long lastCommitNanos = System.nanoTime();
    private volatile @Nullable String journalTrouble;
    private volatile @Nullable RuntimeException failure;

    private CaptureStage(
            PulseSource source, Journal journal, Consumer<String> report, Duration probe) {
        this.source = source;
        this.journal = journal;
        this.report = report;
        this.probe = probe;
        thread = Thread.ofPlatform().name("capture").unstarted(this::run);
    }

    /// Starts counting. The source must have been opened with the state of this journal, and
    /// belongs to the stage from now on.
    ///
    /// @param report takes one line for a person, from the stage's thread
    public static CaptureStage start(PulseSource source, Journal journal, Consumer<String> report) {
        return start(source, journal, report, PROBE);
    }

    static CaptureStage start(
            PulseSource source, Journal journal, Consumer<String> report, Duration probe) {
        CaptureStage stage = new CaptureStage(source, journal, report, probe);
        stage.thread.start();
        return stage;
    }

    private void run() {
        try (source) {
            while (!isStopping()) {
                lastTurnNanos = System.nanoTime();
                SourceBatch batch = source.await(LONGEST_AWAIT);
                if (!batch.isEmpty()) {
                    store(batch);
                } else if (sinceLastCommit().compareTo(probe) > 0) {
                    probe(batch.stateAfter());
                }
            }
        } catch (InterruptedException _) {
            // only close() interrupts, and only to end the wait
        } catch (RuntimeException e) {
            failure = e;
            report.accept("counting stopped: " + e.getMessage());
        }
    }

    private void store(SourceBatch batch) {
        if (!tried(batch)) {
            return;
        }
        source.acknowledge(batch.stateAfter().count());
    }

    /// A write at night shows a failing disk before the first pulses come, and bounds the window
    /// that a power cut leaves in doubt. Where it fails it is tried again at each turn.
    private void probe(SourceState state) {
        try {
            journal.keepState(state);
            written();
        } catch (StoreException e) {
            refused(e, "journal cannot be written: ");
        }
    }

    private void written() {
        lastCommitNanos = System.nanoTime();
        if (journalTrouble != null) {
            journalTrouble = null;
            report.accept("journal can be written again, nothing was lost");
        }
    }

    private void refused(StoreException e, String words) {
        if (!PASSING.contains(e.reason())) {
            throw e;
        }
        if (journalTrouble == null) {
            report.accept(words + e.getMessage());
        }
        journalTrouble = String.valueOf(e.getMessage());
    }

    /// Whether the batch is in the journal; false only when the stage must stop before it is.
    private boolean tried(SourceBatch batch) {
        long pause = FIRST_PAUSE_MILLIS;
        for (boolean again = false; ; again = true) {
            lastTurnNanos = System.nanoTime();
            try {
                if (again) {
                    journal.appendAgain(batch);
                } else {
                    journal.append(batch);
                }
                written();
                return true;
            } catch (StoreException e) {
                refused(e, "journal cannot be written, pulses wait: ");
                if (again && isStopping()) {
                    report.accept(unstored(batch));
                    return false;
                }
            }
            pause(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private static String unstored(SourceBatch batch) {
        long pulses = batch.items().stream().filter(Pulse.class::isInstance).count();
        return "stopped with %d pulses up to count %d not in the journal"
                .formatted(pulses, batch.stateAfter().count());
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /// Ends early when the stage stops, so that the last try comes at once.
    private void pause(long millis) {
        try {
            boolean _ = stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            // close() counts the latch down before it interrupts
        }
    }

    /// How long ago the stage last did anything: for the watchdog. A stage that is well never waits
    /// longer than 2 s, also while the journal refuses what it is given; one whose commit does not
    /// return at all is not well.
    public Duration sinceLastTurn() {
        return Duration.ofNanos(System.nanoTime() - lastTurnNanos);
    }

    private Duration sinceLastCommit() {
        return Duration.ofNanos(System.nanoTime() - lastCommitNanos);
    }

    /// Why the journal could not be written when it was last tried: by a pulse or, when none comes,
    /// by a probe once a minute. Empty when it could.
    public Optional<String> journalTrouble() {
        return Optional.ofNullable(journalTrouble);
    }

    /// How the source is.
    public SourceHealth health() {
        return source.health();
    }

    /// Why counting stopped, if it stopped by itself: the program must end and start again.
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /// Stops after the present batch is stored, and closes the source. May be called twice.
    @Override
    public void close() {
        stopping.countDown();
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
