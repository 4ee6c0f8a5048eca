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
/// A journal that cannot be written is tried again, at first after 100 ms and at most every 5 s,
/// for as long as it takes; meanwhile nothing more is taken from the source, which keeps what
/// comes. The trouble is reported once when it begins and once when it is over.
public final class CaptureStage implements AutoCloseable {
    private static final Duration LONGEST_AWAIT = Duration.ofSeconds(1);

    /// How often the journal is written when no pulse comes.
    private static final Duration PROBE = Duration.ofSeconds(60);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    /// What waiting can mend; anything else ends the stage.
    private static final Set<Reason> PASSING =
            EnumSet.of(Reason.FULL, Reason.IO, Reason.LOCKED, Reason.READ_ONLY);

    private final PulseSource source;
    private final Journal journal;
    private final Consumer<String> report;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile long lastTurnNanos = System.nanoTime();
    private volatile long lastCommitNanos = System.nanoTime();
    private volatile boolean waitsForJournal;
    private volatile @Nullable RuntimeException failure;

    private CaptureStage(PulseSource source, Journal journal, Consumer<String> report) {
        this.source = source;
        this.journal = journal;
        this.report = report;
        thread = Thread.ofPlatform().name("capture").unstarted(this::run);
    }

    /// Starts counting. The source must have been opened with the state of this journal, and
    /// belongs to the stage from now on.
    ///
    /// @param report takes one line for a person, from the stage's thread
    public static CaptureStage start(PulseSource source, Journal journal, Consumer<String> report) {
        CaptureStage stage = new CaptureStage(source, journal, report);
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
                } else if (sinceLastCommit().compareTo(PROBE) > 0) {
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
        lastCommitNanos = System.nanoTime();
        source.acknowledge(batch.stateAfter().count());
    }

    /// A write at night shows a dying disk before the sun does, and bounds the window that a power
    /// cut leaves in doubt. Where it fails the next pulse says so.
    private void probe(SourceState state) {
        try {
            journal.keepState(state);
            lastCommitNanos = System.nanoTime();
        } catch (StoreException e) {
            if (!PASSING.contains(e.reason())) {
                throw e;
            }
        }
    }

    /// Whether the batch is in the journal; false only when the stage must stop before it is.
    private boolean tried(SourceBatch batch) {
        long pause = FIRST_PAUSE_MILLIS;
        for (boolean again = false; ; again = true) {
            lastTurnNanos = System.nanoTime();
            try {
                if (again) {
                    journal.appendAgain(batch);
                    report.accept("journal can be written again, nothing was lost");
                } else {
                    journal.append(batch);
                }
                waitsForJournal = false;
                return true;
            } catch (StoreException e) {
                if (!PASSING.contains(e.reason())) {
                    throw e;
                }
                waitsForJournal = true;
                if (!again) {
                    report.accept("journal cannot be written, pulses wait: " + e.getMessage());
                } else if (isStopping()) {
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
    /// longer than 6 s, whatever the journal does.
    public Duration sinceLastTurn() {
        return Duration.ofNanos(System.nanoTime() - lastTurnNanos);
    }

    /// How long ago the journal was last written, for the watchdog and the status: a pulse or, when
    /// none comes, a probe every 60 s.
    public Duration sinceLastCommit() {
        return Duration.ofNanos(System.nanoTime() - lastCommitNanos);
    }

    /// Whether pulses wait for a journal that cannot be written.
    public boolean waitsForJournal() {
        return waitsForJournal;
    }

    /// How the source is.
    public SourceHealth health() {
        return source.health();
    }

    /// Why counting stopped, if it stopped by itself: the program must end and start again.
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /// Stops after the batch at hand is stored, and closes the source. May be called twice.
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
