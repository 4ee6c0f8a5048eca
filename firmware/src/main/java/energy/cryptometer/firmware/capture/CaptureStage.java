package energy.cryptometer.firmware.capture;

import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceHealth;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.store.StoreException;
import energy.cryptometer.store.StoreException.Reason;
import energy.cryptometer.timing.Backoff;
import energy.cryptometer.timing.TimeSource;
import energy.cryptometer.timing.Turn;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Counts: each turn takes a batch from a source, writes it to the journal and acknowledges it. One
/// thread takes the turns; how the stage is may be asked by any.
///
/// A journal that cannot be written is tried again, at first after 100 ms and then every second,
/// for as long as it takes; meanwhile nothing more is taken from the source, which keeps what
/// comes. The trouble is reported once when it begins and once when it is over. Where no pulse
/// comes, the journal is written all the same, once a minute.
public final class CaptureStage implements Turn, AutoCloseable {
    private static final Backoff BACKOFF =
            Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(1));

    /// Between turns that do not wait for the source, and after the end of counting.
    private static final Duration IDLE = Duration.ofMillis(100);

    /// What waiting can heal; anything else ends the stage.
    private static final Set<Reason> PASSING =
            EnumSet.of(Reason.FULL, Reason.IO, Reason.LOCKED, Reason.READ_ONLY);

    /// How the stage waits.
    ///
    /// @param longestAwait how long one turn waits for the source; zero where the caller has other
    ///   things to do meanwhile
    /// @param probe how often the journal is written when no pulse comes
    public record Waiting(Duration longestAwait, Duration probe) {
        public static final Waiting USUAL =
                new Waiting(Duration.ofSeconds(1), Duration.ofSeconds(60));

        /// Turns that return at once.
        public static final Waiting NEVER = new Waiting(Duration.ZERO, Duration.ofSeconds(60));
    }

    private final PulseSource source;
    private final Journal journal;
    private final Consumer<String> report;
    private final Waiting waiting;
    private final TimeSource time;
    private final ReentrantLock turn = new ReentrantLock();
    private Backoff backoff = BACKOFF;
    private @Nullable SourceBatch unstored;
    private volatile long lastTurnNanos;
    private volatile long lastCommitNanos;
    private volatile @Nullable String journalTrouble;
    private volatile @Nullable RuntimeException failure;

    /// The source must have been opened with the state of this journal, and belongs to the stage
    /// from now on.
    ///
    /// @param report takes one line for a person
    public CaptureStage(
            PulseSource source,
            Journal journal,
            Consumer<String> report,
            Waiting waiting,
            TimeSource time) {
        this.source = source;
        this.journal = journal;
        this.report = report;
        this.waiting = waiting;
        this.time = time;
        lastTurnNanos = time.nanoTime();
        lastCommitNanos = time.nanoTime();
    }

    @Override
    public Duration take() throws InterruptedException {
        turn.lockInterruptibly();
        try {
            lastTurnNanos = time.nanoTime();
            return failure == null ? counted() : IDLE;
        } catch (RuntimeException e) {
            failure = e;
            report.accept("counting stopped: " + e.getMessage());
            source.close();
            return IDLE;
        } finally {
            turn.unlock();
        }
    }

    private Duration counted() throws InterruptedException {
        if (unstored != null) {
            return stored(unstored, true);
        }
        SourceBatch batch = source.await(waiting.longestAwait());
        if (!batch.isEmpty()) {
            return stored(batch, false);
        }
        if (time.since(lastCommitNanos).compareTo(waiting.probe()) > 0) {
            probe(batch.stateAfter());
        }
        return waiting.longestAwait().isZero() ? IDLE : Duration.ZERO;
    }

    /// @param again whether an earlier try failed, perhaps after it had been written
    private Duration stored(SourceBatch batch, boolean again) {
        try {
            if (again) {
                journal.appendAgain(batch);
            } else {
                journal.append(batch);
            }
        } catch (StoreException e) {
            refused(e, "journal cannot be written, pulses wait: ");
            unstored = batch;
            Duration pause = backoff.pause();
            backoff = backoff.next();
            return pause;
        }
        unstored = null;
        written();
        source.acknowledge(batch.stateAfter().count());
        return Duration.ZERO;
    }

    /// Shows a dying disk before the next pulse comes, and bounds the window that a power cut
    /// leaves in doubt. Where it fails it is tried again at each turn.
    private void probe(SourceState state) {
        try {
            journal.keepState(state);
            written();
        } catch (StoreException e) {
            refused(e, "journal cannot be written: ");
        }
    }

    private void written() {
        lastCommitNanos = time.nanoTime();
        if (journalTrouble != null) {
            journalTrouble = null;
            backoff = backoff.reset();
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

    /// How long ago the last turn began: for the watchdog. A stage that is well never waits longer
    /// than 2 s, also while the journal refuses what it is given; one whose commit does not return
    /// at all is not well.
    public Duration sinceLastTurn() {
        return time.since(lastTurnNanos);
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

    /// Tries once more to store the batch at hand, if there is one, and closes the source. Comes
    /// after the last turn; one that is still going on keeps its batch. May be called twice.
    @Override
    public void close() {
        boolean free = turn.tryLock();
        try {
            if (free && unstored != null && failure == null) {
                lastTry(unstored);
            }
        } finally {
            if (free) {
                turn.unlock();
            }
            source.close();
        }
    }

    private void lastTry(SourceBatch batch) {
        try {
            Duration _ = stored(batch, true);
        } catch (RuntimeException e) {
            failure = e;
        }
        if (unstored != null) {
            report.accept(unstored(batch));
            unstored = null;
        }
    }

    private static String unstored(SourceBatch batch) {
        long pulses = batch.items().stream().filter(Pulse.class::isInstance).count();
        return "stopped with %d pulses up to count %d not in the journal"
                .formatted(pulses, batch.stateAfter().count());
    }
}
