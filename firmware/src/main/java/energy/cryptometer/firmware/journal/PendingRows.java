package energy.cryptometer.firmware.journal;

import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.PendingPulses;
import energy.cryptometer.ledger.transaction.PulseRange;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.store.Row;
import energy.cryptometer.store.Sql;
import java.util.Optional;

/// Pulses that are signed and whose energy has not been transferred yet, grouped as every node
/// groups them: neighbours of one market step are one range, and ranges move oldest first.
final class PendingRows {
    private static final String SELECT =
            "SELECT step, first_sequence, last_sequence, count_before, count_after FROM pending"
                    + " ORDER BY first_sequence";

    private final Sql sql;

    private PendingRows(Sql sql) {
        this.sql = sql;
    }

    static PendingRows in(Sql sql) {
        return new PendingRows(sql);
    }

    PendingPulses all() {
        return new PendingPulses(sql.statement(SELECT).list(PendingRows::range));
    }

    void add(MarketStep step, Generation generation) {
        Optional<PulseRange> newest =
                sql.statement(SELECT + " DESC LIMIT 1").first(PendingRows::range);
        PulseRange range =
                newest.filter(last -> last.continuesWith(step, generation))
                        .map(last -> last.extendedBy(generation))
                        .orElseGet(() -> PulseRange.of(step, generation));
        int _ =
                sql.statement(
                                """
                                INSERT OR REPLACE INTO pending (first_sequence, last_sequence,
                                    step, count_before, count_after)
                                VALUES (?, ?, ?, ?, ?)\
                                """)
                        .bind(range.firstSequence())
                        .bind(range.lastSequence())
                        .bind(range.step().index())
                        .bind(range.countBefore())
                        .bind(range.countAfter())
                        .run();
    }

    /// Takes the oldest range away; refuses a transfer of anything else.
    void move(Transfer transfer) {
        Optional<PulseRange> oldest = sql.statement(SELECT + " LIMIT 1").first(PendingRows::range);
        if (oldest.isEmpty() || !oldest.get().equals(transfer.range())) {
            throw new IllegalArgumentException(
                    "transfer %d moves %s, next to move is %s"
                            .formatted(
                                    transfer.sequence(),
                                    transfer.range(),
                                    oldest.map(PulseRange::toString).orElse("nothing")));
        }
        int _ =
                sql.statement("DELETE FROM pending WHERE first_sequence = ?")
                        .bind(transfer.range().firstSequence())
                        .run();
    }

    /// Everything up to a generation has moved: for a chain that is read again.
    void dropThrough(long sequence) {
        int _ = sql.statement("DELETE FROM pending WHERE last_sequence <= ?").bind(sequence).run();
    }

    private static PulseRange range(Row row) {
        return new PulseRange(
                new MarketStep(row.number(1)),
                row.number(2),
                row.number(3),
                row.number(4),
                row.number(5));
    }
}
