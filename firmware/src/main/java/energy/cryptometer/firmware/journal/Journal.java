package energy.cryptometer.firmware.journal;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.BatchSize;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.MeterEvent.Detail;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import energy.cryptometer.ledger.transaction.PendingPulses;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.store.Database;
import energy.cryptometer.store.Sql;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One meter's journal. Any stage may use it from its own thread; what a method refused has changed
/// nothing. What was captured is on the disk when the method returns. What was signed, sent and
/// proven reaches it with the next capture or with [#sync], whichever comes first: after a power
/// cut it is done again, and comes out the same or has never left the meter (ADR 27).
///
/// Every method throws `StoreException` when the disk fails. Arguments that break the chain, the
/// count or the order of the cursors are bugs and come as `IllegalArgumentException`.
public final class Journal implements AutoCloseable {
    /// Most transactions that are read or rebuilt at once.
    public static final int MAX_AT_ONCE = 10_000;

    private static final int PRUNED_PER_COMMIT = 1_000;

    private final Database database;
    private final JournalIdentity identity;

    Journal(Database database, JournalIdentity identity) {
        this.database = database;
        this.identity = identity;
    }

    /// Opens the journal for its one owner, or makes it. A damaged file is set aside, never
    /// deleted; what can be saved of it is taken over and a STORE_SALVAGED event is captured.
    ///
    /// Throws `StoreException` with reason FOREIGN where it belongs to another community, meter or
    /// source, and with reason LOCKED where another program has it.
    public static Journal open(Path file, JournalIdentity identity, BoardClock.Reading now) {
        return JournalFile.open(file, identity, now);
    }

    /// Looks at the journal of a program that may be running.
    public static JournalView openReadOnly(Path file) {
        return JournalView.open(file);
    }

    // ---- capture

    /// Makes a batch of a source durable, items and state together, in one synchronous commit.
    /// Refuses a pulse that does not continue the count exactly.
    public void append(SourceBatch batch) {
        database.change(sql -> CaptureRows.behind(sql, CursorRow.read(sql)).add(batch));
    }

    /// The same after a try that failed: an error of the disk may come after the commit, so what is
    /// already here is not written twice.
    public void appendAgain(SourceBatch batch) {
        database.change(sql -> {
            JournalCursors cursors = CursorRow.read(sql);
            if (batch.isEmpty() || !CaptureRows.holds(sql, batch, cursors)) {
                CaptureRows.behind(sql, cursors).add(batch);
            }
        });
    }

    /// Makes the state of a source durable when nothing came for a while: proves that the journal
    /// can still be written, and says until when the source was certainly listened to.
    public void keepState(SourceState state) {
        database.change(sql -> {
            long counted = CursorRow.read(sql).counted();
            if (state.count() != counted) {
                throw new IllegalArgumentException(
                        "source says %d pulses, the journal %d".formatted(state.count(), counted));
            }
            SourceRows.keep(sql, state);
        });
    }

    /// Captures an event of the program itself.
    public void appendEvent(MeterEventKind kind, Detail detail, BoardClock.Reading at) {
        database.change(sql -> CaptureRows.behind(sql, CursorRow.read(sql)).add(kind, detail, at));
    }

    /// Captures that the program started, and says how often it has.
    ///
    /// @param software name and version; what is beyond 64 bytes is cut
    public long appendBoot(String software, BoardClock.Reading at) {
        return database.write(sql -> {
            long starts = CursorRow.started(sql);
            CaptureRows.behind(sql, CursorRow.read(sql))
                    .add(MeterEventKind.BOOT, new Detail(starts, 0, EventWords.cut(software)), at);
            return starts;
        });
    }

    /// Where the source goes on.
    public SourceState sourceState() {
        return database.read(SourceRows::state);
    }

    /// The youngest reading of the clock that was stored in a boot; empty if none was.
    public Optional<BoardClock.Reading> lastReading(UUID boot) {
        return database.read(sql -> SourceRows.lastReading(sql, boot));
    }

    // ---- sign

    /// Captures that are not signed yet, oldest first, at most `limit` (1 to [#MAX_AT_ONCE]).
    public List<Captured> unsigned(int limit) {
        int bounded = CursorRow.requireLimit(limit, MAX_AT_ONCE);
        return database.read(
                sql -> CaptureRows.behind(sql, CursorRow.read(sql).signedCapture(), bounded));
    }

    /// The place of the next transaction.
    public ChainLink nextLink() {
        return cursors().nextLink();
    }

    /// Pulses that are signed and not transferred yet.
    public PendingPulses pendingTransfers() {
        return database.read(sql -> PendingRows.in(sql).all());
    }

    /// Appends transactions to the chain and moves the signed cursor, in one commit. Before any of
    /// them leaves the meter, [#sync] must have returned: else a power cut could have its sequence
    /// signed again with other words.
    ///
    /// The first must be at [#nextLink]; each generation and each meter event stands for the very
    /// next captures, in their order, up to and including capture `throughCaptureId`; a transfer
    /// stands for none.
    public void appendSigned(List<SignedTransaction> transactions, long throughCaptureId) {
        CursorRow.requireLimit(transactions.size(), MAX_AT_ONCE);
        database.changeLater(
                sql -> SigningStep.append(sql, identity, transactions, throughCaptureId));
    }

    // ---- forward

    /// Everything signed, sent and proven so far is on the disk when this returns. Must come before
    /// a transaction leaves the meter.
    public void sync() {
        database.sync();
    }

    /// The next transactions that no node has taken yet, as one batch of at most `maxTransactions`
    /// and `maxBytes` encoded bytes; empty when everything is sent.
    public Optional<Batch> unsent(int maxTransactions, int maxBytes) {
        int bounded = CursorRow.requireLimit(maxTransactions, MAX_AT_ONCE);
        return database.read(sql -> {
            JournalCursors cursors = CursorRow.read(sql);
            List<SignedTransaction> next =
                    ChainRows.in(sql, identity).from(cursors.sentSequence() + 1, bounded, cursors);
            return next.isEmpty() ? Optional.empty() : Optional.of(fitting(next, maxBytes));
        });
    }

    private static Batch fitting(List<SignedTransaction> transactions, int maxBytes) {
        int fitting = BatchSize.fitting(transactions, maxBytes);
        if (fitting == 0) {
            throw new IllegalArgumentException(
                    "a message of %d bytes cannot hold %s"
                            .formatted(maxBytes, transactions.getFirst()));
        }
        return new Batch(transactions.subList(0, fitting));
    }

    /// A node has taken everything up to `sequence`. An older sequence changes nothing.
    public void markSent(long sequence) {
        database.changeLater(sql -> {
            JournalCursors cursors = CursorRow.read(sql);
            if (sequence > cursors.sentSequence()) {
                CursorRow.sent(sql, sequence, CursorRow.pulsesAt(sql, sequence, cursors));
            }
        });
    }

    /// The nodes know nothing behind `sequence`: what follows is sent again. Never goes below what
    /// is proven, and never ahead.
    public void rewindSent(long sequence) {
        database.changeLater(sql -> {
            JournalCursors cursors = CursorRow.read(sql);
            long to = Math.max(sequence, cursors.provenSequence());
            if (to < cursors.sentSequence()) {
                CursorRow.sent(sql, to, CursorRow.pulsesAt(sql, to, cursors));
            }
        });
    }

    // ---- confirm

    /// The transactions of one type with sequences from `firstSequence` to `lastSequence`, which
    /// are at most [#MAX_AT_ONCE] apart. What was pruned is left out.
    public List<SignedTransaction> transactions(
            long firstSequence, long lastSequence, TransactionType type) {
        SequenceRange range = new SequenceRange(type, firstSequence, lastSequence);
        CursorRow.requireLimit(
                (int) Math.min(lastSequence - firstSequence + 1, 1 << 30), MAX_AT_ONCE);
        return database.read(sql -> ChainRows.in(sql, identity).of(range, CursorRow.read(sql)));
    }

    /// Transactions of one type that are not proven, by market step and oldest step first.
    public List<StepSequences> unproven(TransactionType type, int maxSteps) {
        int bounded = CursorRow.requireLimit(maxSteps, MAX_AT_ONCE);
        return database.read(
                sql -> ProvenRows.in(sql).unproven(type, bounded, CursorRow.read(sql)));
    }

    /// A range proof has shown these transactions in certified blocks. The cursor moves as far as
    /// no transaction of any type is missing; what is proven counts as sent.
    public void markProven(List<SequenceRange> ranges) {
        database.changeLater(sql -> {
            ProvenRows rows = ProvenRows.in(sql);
            JournalCursors cursors = CursorRow.read(sql);
            ranges.forEach(range -> rows.add(range, cursors));
            rows.advance();
        });
    }

    /// Deletes proven transactions and their captures, oldest first, as long as they are older than
    /// `olderThan`. Says how many transactions went.
    public long prune(Instant olderThan) {
        long pruned = 0;
        int some = PRUNED_PER_COMMIT;
        while (some == PRUNED_PER_COMMIT) {
            some = database.write(sql -> prune(sql, olderThan));
            pruned += some;
        }
        return pruned;
    }

    private int prune(Sql sql, Instant olderThan) {
        return ChainRows.in(sql, identity)
                .prune(olderThan.toEpochMilli(), PRUNED_PER_COMMIT, CursorRow.read(sql));
    }

    // ---- status

    public JournalCounts counts() {
        return database.read(CursorRow::counts);
    }

    public JournalCursors cursors() {
        return database.read(CursorRow::read);
    }

    public JournalIdentity identity() {
        return identity;
    }

    /// Everything SQLite finds wrong with the file; empty when it is sound. Reads the whole file.
    public List<String> check() {
        return database.check();
    }

    @Override
    public void close() {
        database.close();
    }
}
