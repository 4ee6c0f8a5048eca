package energy.cryptometer.firmware.journal;

import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.transaction.Capture;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.MeterEvent;
import energy.cryptometer.ledger.transaction.PulseStatus;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.ledger.unit.ClockQuality;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.store.Row;
import energy.cryptometer.store.Sql;
import energy.cryptometer.store.SqlStatement;
import java.util.ArrayList;
import java.util.List;

/// Signed transactions as rows of one gap-free chain. What a reader can rebuild is left out; what
/// is rebuilt must hash to the id that was stored, or the row is damaged.
final class ChainRows {
    static final String COLUMNS =
            "sequence, type, count, pulses, capture, step, at_ms, quality, status, payload,"
                    + " signature, tx_id";

    private final Sql sql;
    private final JournalIdentity identity;

    private ChainRows(Sql sql, JournalIdentity identity) {
        this.sql = sql;
        this.identity = identity;
    }

    static ChainRows in(Sql sql, JournalIdentity identity) {
        return new ChainRows(sql, identity);
    }

    /// The market step a transaction of a meter belongs to.
    MarketStep step(Transaction content) {
        return switch (content) {
            case Generation generation -> identity.schedule().stepAt(generation.capture().at());
            case MeterEvent event -> identity.schedule().stepAt(event.capture().at());
            case Transfer transfer -> transfer.range().step();
            default ->
                    throw new IllegalArgumentException(
                            "a meter does not send %s".formatted(content.type()));
        };
    }

    private long atMillis(Transaction content) {
        return switch (content) {
            case Generation generation -> generation.capture().epochMillis();
            case MeterEvent event -> event.capture().epochMillis();
            default -> identity.schedule().end(step(content)).toEpochMilli();
        };
    }

    /// @param count pulses signed with this transaction
    /// @param capture last capture signed with it
    void insert(SignedTransaction transaction, long count, long capture) {
        Transaction content = transaction.content();
        SqlStatement row =
                sql.statement(
                                "INSERT INTO entry ("
                                        + COLUMNS
                                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                        .bind(content.sequence())
                        .bind(content.type().code())
                        .bind(count)
                        .bind(content instanceof Generation generation ? generation.pulses() : 0)
                        .bind(capture)
                        .bind(step(content).index())
                        .bind(atMillis(content));
        if (content instanceof Generation generation) {
            row.bind(generation.capture().quality().code())
                    .bind(generation.status().code())
                    .bindNull();
        } else {
            row.bindNull().bindNull().bind(content.payload());
        }
        int _ = row.bind(transaction.signature()).bind(transaction.id().toBytes()).run();
    }

    /// The id of a transaction that is kept, or of the last one deleted.
    Hash idAt(long sequence, JournalCursors cursors) {
        if (sequence == cursors.prunedSequence()) {
            return cursors.prunedId();
        }
        return sql.statement("SELECT tx_id FROM entry WHERE sequence = ?")
                .bind(sequence)
                .first(row -> Hash.of(row.bytes(1)))
                .orElseThrow(() -> cursors.notKept(sequence));
    }

    /// Neighbouring transactions of every type, from `first` on, at most `limit`.
    List<SignedTransaction> from(long first, int limit, JournalCursors cursors) {
        List<SignedTransaction> transactions = new ArrayList<>();
        if (first > cursors.signedSequence()) {
            return transactions;
        }
        Hash[] previous = {idAt(first - 1, cursors)};
        sql.statement(
                        "SELECT "
                                + COLUMNS
                                + " FROM entry WHERE sequence >= ? ORDER BY sequence LIMIT ?")
                .bind(first)
                .bind(limit)
                .each(row -> {
                    SignedTransaction transaction = rebuild(row, previous[0]);
                    transactions.add(transaction);
                    previous[0] = transaction.id();
                });
        return transactions;
    }

    /// Transactions of one type.
    List<SignedTransaction> of(SequenceRange range, JournalCursors cursors) {
        List<SignedTransaction> transactions = new ArrayList<>();
        sql.statement(
                        "SELECT "
                                + COLUMNS
                                + ", (SELECT before.tx_id FROM entry AS before"
                                + " WHERE before.sequence = entry.sequence - 1)"
                                + " FROM entry WHERE sequence BETWEEN ? AND ? AND type = ?"
                                + " ORDER BY sequence")
                .bind(range.first())
                .bind(range.last())
                .bind(range.type().code())
                .each(row -> {
                    Hash previous = row.isNull(13) ? cursors.prunedId() : Hash.of(row.bytes(13));
                    transactions.add(rebuild(row, previous));
                });
        return transactions;
    }

    /// One row, behind the transaction with id `previous`.
    SignedTransaction rebuild(Row row, Hash previous) {
        ChainLink link = new ChainLink(row.number(1), previous);
        SignedTransaction transaction =
                SignedTransaction.of(
                        content(row, link),
                        identity.key().id(),
                        row.bytes(11),
                        identity.community());
        if (!transaction.id().equals(Hash.of(row.bytes(12)))) {
            throw damaged(link, "its id is not the one that was signed");
        }
        return transaction;
    }

    private static Transaction content(Row row, ChainLink link) {
        if (row.number(2) == TransactionType.GENERATION.code()) {
            return new Generation(
                    link,
                    row.number(3),
                    (int) row.number(4),
                    Capture.ofMillis(row.number(7), ClockQuality.ofCode(row.number(8))),
                    PulseStatus.ofCode(row.number(9)));
        }
        try {
            return Transaction.decode(row.bytes(10));
        } catch (MalformedException e) {
            throw damaged(link, String.valueOf(e.getMessage()));
        }
    }

    private static IllegalStateException damaged(ChainLink link, String why) {
        return new IllegalStateException(
                "transaction %d in the journal is damaged: %s; check the disk, then set the journal"
                                .formatted(link.sequence(), why)
                        + " aside");
    }

    /// Deletes up to `limit` proven transactions, oldest first and older than `before`, with their
    /// captures, and says how many.
    int prune(long beforeMillis, int limit, JournalCursors cursors) {
        long newest = Math.min(cursors.provenSequence(), cursors.prunedSequence() + limit);
        long last =
                sql.statement(
                                "SELECT sequence FROM entry WHERE sequence <= ? AND at_ms >= ?"
                                        + " ORDER BY sequence LIMIT 1")
                        .bind(newest)
                        .bind(beforeMillis)
                        .first(row -> row.number(1) - 1)
                        .orElse(newest);
        if (last <= cursors.prunedSequence()) {
            return 0;
        }
        Hash id = idAt(last, cursors);
        long capture =
                sql.statement("SELECT capture FROM entry WHERE sequence = ?").bind(last).number();
        int deleted = sql.statement("DELETE FROM entry WHERE sequence <= ?").bind(last).run();
        int _ = sql.statement("DELETE FROM capture WHERE id <= ?").bind(capture).run();
        CursorRow.pruned(sql, last, id);
        return deleted;
    }
}
