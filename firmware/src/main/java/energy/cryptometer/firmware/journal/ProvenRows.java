package energy.cryptometer.firmware.journal;

import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.store.Sql;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What is proven. A block holds a meter's transactions by type, so proofs come as runs of one
/// type; the cursor moves only as far as nothing of any type is missing.
final class ProvenRows {
    private static final int ROWS_PER_READ = 10_000;

    private final Sql sql;

    private ProvenRows(Sql sql) {
        this.sql = sql;
    }

    static ProvenRows in(Sql sql) {
        return new ProvenRows(sql);
    }

    void add(SequenceRange range, JournalCursors cursors) {
        if (range.last() > cursors.signedSequence()) {
            throw new IllegalArgumentException(
                    "transaction %d cannot be proven: the last one signed is %d"
                            .formatted(range.last(), cursors.signedSequence()));
        }
        if (range.last() <= cursors.provenSequence()) {
            return;
        }
        int _ =
                sql.statement(
                                """
                                INSERT INTO proven_run (type, first_sequence, last_sequence)
                                VALUES (?, ?, ?)
                                ON CONFLICT (type, first_sequence) DO UPDATE
                                SET last_sequence = max(last_sequence, excluded.last_sequence)\
                                """)
                        .bind(range.type().code())
                        .bind(range.first())
                        .bind(range.last())
                        .run();
    }

    /// Moves the cursor as far as everything is proven, and drops what it has passed.
    void advance() {
        JournalCursors cursors = CursorRow.read(sql);
        Progress progress = new Progress(cursors.provenSequence(), cursors.proven(), runs());
        while (progress.advance(sql)) {}
        if (progress.sequence == cursors.provenSequence()) {
            return;
        }
        if (progress.sequence > cursors.sentSequence()) {
            CursorRow.sent(sql, progress.sequence, progress.count);
        }
        CursorRow.proven(sql, progress.sequence, progress.count);
        int _ =
                sql.statement("DELETE FROM proven_run WHERE last_sequence <= ?")
                        .bind(progress.sequence)
                        .run();
    }

    private Map<TransactionType, NavigableMap<Long, Long>> runs() {
        Map<TransactionType, NavigableMap<Long, Long>> runs = new EnumMap<>(TransactionType.class);
        sql.statement(
                        "SELECT type, first_sequence, last_sequence FROM proven_run"
                                + " ORDER BY type, first_sequence")
                .each(row ->
                        put(
                                runs.computeIfAbsent(
                                        TransactionType.ofCode(row.number(1)),
                                        _ -> new TreeMap<>()),
                                row.number(2),
                                row.number(3)));
        return runs;
    }

    /// Runs may overlap: each carries the farthest end of all that begin no later.
    private static void put(NavigableMap<Long, Long> runs, long first, long last) {
        Map.Entry<Long, Long> before = runs.lastEntry();
        runs.put(first, before == null ? last : Math.max(last, before.getValue()));
    }

    /// Transactions of one type that are not proven, by market step, oldest step first.
    List<StepSequences> unproven(TransactionType type, int limit, JournalCursors cursors) {
        return sql.statement(
                        """
                        SELECT step, min(sequence), max(sequence), count(*)
                        FROM entry
                        WHERE sequence > ? AND type = ? AND NOT EXISTS (
                            SELECT 1 FROM proven_run
                            WHERE proven_run.type = entry.type
                                AND entry.sequence BETWEEN first_sequence AND last_sequence)
                        GROUP BY step ORDER BY step LIMIT ?\
                        """)
                .bind(cursors.provenSequence())
                .bind(type.code())
                .bind(limit)
                .list(row ->
                        new StepSequences(
                                new MarketStep(row.number(1)),
                                new SequenceRange(type, row.number(2), row.number(3)),
                                row.number(4)));
    }

    /// The cursor on its way.
    private static final class Progress {
        private final Map<TransactionType, NavigableMap<Long, Long>> runs;
        private long sequence;
        private long count;

        Progress(long sequence, long count, Map<TransactionType, NavigableMap<Long, Long>> runs) {
            this.sequence = sequence;
            this.count = count;
            this.runs = runs;
        }

        /// Whether it is worth reading on.
        boolean advance(Sql sql) {
            long before = sequence;
            List<long[]> rows =
                    sql.statement(
                                    "SELECT sequence, type, count FROM entry WHERE sequence > ?"
                                            + " ORDER BY sequence LIMIT ?")
                            .bind(sequence)
                            .bind(ROWS_PER_READ)
                            .list(row -> new long[] {row.number(1), row.number(2), row.number(3)});
            for (long[] row : rows) {
                if (!covered(row[0], TransactionType.ofCode(row[1]))) {
                    return false;
                }
                sequence = row[0];
                count = row[2];
            }
            return sequence > before;
        }

        private boolean covered(long wanted, TransactionType type) {
            NavigableMap<Long, Long> ofType = runs.get(type);
            Map.Entry<Long, Long> run = ofType == null ? null : ofType.floorEntry(wanted);
            return run != null && run.getValue() >= wanted;
        }
    }
}
