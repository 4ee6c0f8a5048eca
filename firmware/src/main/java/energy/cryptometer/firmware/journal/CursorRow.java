package energy.cryptometer.firmware.journal;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.store.Row;
import energy.cryptometer.store.Sql;
import energy.cryptometer.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The one row that says whose journal it is and how far each stage has come.
final class CursorRow {
    private CursorRow() {}

    /// Whose row it is.
    record Owner(Hash community, Hash account, String source) {
        static Owner of(JournalIdentity identity) {
            return new Owner(
                    identity.community().genesis(), identity.account().value(), identity.source());
        }

        static Optional<Owner> find(Sql sql) {
            return sql.statement("SELECT community, account, source FROM journal")
                    .first(row -> owner(row, 1));
        }

        /// Reads community, account and source from `column` on.
        static Owner owner(Row row, int column) {
            return new Owner(
                    Hash.of(row.bytes(column)),
                    Hash.of(row.bytes(column + 1)),
                    row.text(column + 2));
        }

        /// Throws [StoreException] with reason FOREIGN where `identity` is another.
        void require(JournalIdentity identity, Path file) {
            Owner ours = of(identity);
            require(file, "community", community.toString(), ours.community.toString());
            require(file, "meter", account.toString(), ours.account.toString());
            require(file, "source", "'" + source + "'", "'" + ours.source + "'");
        }

        private static void require(Path file, String what, String theirs, String ours) {
            if (!theirs.equals(ours)) {
                throw StoreException.foreign(
                        file,
                        "the journal belongs to %s %s, this meter's is %s; give another path"
                                .formatted(what, theirs, ours));
            }
        }
    }

    /// Writes the first row, or the row of a salvaged journal.
    static void insert(Sql sql, Owner owner, long starts, JournalCursors cursors) {
        int _ =
                sql.statement(
                                """
                                INSERT INTO journal (id, community, account, source, starts,
                                    captured, counted, signed_capture, signed_sequence, signed_id,
                                    signed, sent_sequence, sent, proven_sequence, proven,
                                    pruned_sequence, pruned_id)
                                VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                                """)
                        .bind(owner.community().toBytes())
                        .bind(owner.account().toBytes())
                        .bind(owner.source())
                        .bind(starts)
                        .bind(cursors.captured())
                        .bind(cursors.counted())
                        .bind(cursors.signedCapture())
                        .bind(cursors.signedSequence())
                        .bind(cursors.signedId().toBytes())
                        .bind(cursors.signed())
                        .bind(cursors.sentSequence())
                        .bind(cursors.sent())
                        .bind(cursors.provenSequence())
                        .bind(cursors.proven())
                        .bind(cursors.prunedSequence())
                        .bind(cursors.prunedId().toBytes())
                        .run();
    }

    static JournalCursors read(Sql sql) {
        return find(sql)
                .orElseThrow(() -> new IllegalStateException("the journal has no row of cursors"));
    }

    static Optional<JournalCursors> find(Sql sql) {
        return sql.statement(
                        """
                        SELECT captured, counted, signed_capture, signed_sequence, signed_id,
                            signed, sent_sequence, sent, proven_sequence, proven,
                            pruned_sequence, pruned_id
                        FROM journal\
                        """)
                .first(CursorRow::cursors);
    }

    static JournalCursors cursors(Row row) {
        return new JournalCursors(
                row.number(1),
                row.number(2),
                row.number(3),
                row.number(4),
                Hash.of(row.bytes(5)),
                row.number(6),
                row.number(7),
                row.number(8),
                row.number(9),
                row.number(10),
                row.number(11),
                Hash.of(row.bytes(12)));
    }

    static void sent(Sql sql, long sequence, long pulses) {
        int _ =
                sql.statement("UPDATE journal SET sent_sequence = ?, sent = ?")
                        .bind(sequence)
                        .bind(pulses)
                        .run();
    }

    static void proven(Sql sql, long sequence, long pulses) {
        int _ =
                sql.statement("UPDATE journal SET proven_sequence = ?, proven = ?")
                        .bind(sequence)
                        .bind(pulses)
                        .run();
    }

    static void pruned(Sql sql, long sequence, Hash id) {
        int _ =
                sql.statement("UPDATE journal SET pruned_sequence = ?, pruned_id = ?")
                        .bind(sequence)
                        .bind(id.toBytes())
                        .run();
    }

    /// How often the program was started.
    static long starts(Sql sql) {
        return sql.statement("SELECT starts FROM journal").number();
    }

    /// Counts one more start and says how many there were with it.
    static long started(Sql sql) {
        int _ = sql.statement("UPDATE journal SET starts = starts + 1").run();
        return starts(sql);
    }

    /// The four numbers, and the time of the oldest pulse that is not proven.
    static JournalCounts counts(Sql sql) {
        JournalCursors cursors = read(sql);
        Optional<Long> oldest =
                sql.statement(
                                "SELECT at_ms FROM entry WHERE sequence > ? AND type = ?"
                                        + " ORDER BY sequence LIMIT 1")
                        .bind(cursors.provenSequence())
                        .bind(TransactionType.GENERATION.code())
                        .first(row -> row.number(1));
        if (oldest.isEmpty()) {
            oldest =
                    sql.statement(
                                    "SELECT wall_ms FROM capture WHERE id > ? AND kind = 0"
                                            + " ORDER BY id LIMIT 1")
                            .bind(cursors.signedCapture())
                            .first(row -> row.number(1));
        }
        return new JournalCounts(
                cursors.counted(),
                cursors.signed(),
                cursors.sent(),
                cursors.proven(),
                oldest.map(Instant::ofEpochMilli));
    }

    /// Pulses counted up to a transaction that is kept, or 0 below the first.
    static long pulsesAt(Sql sql, long sequence, JournalCursors cursors) {
        if (sequence == cursors.provenSequence()) {
            return cursors.proven();
        }
        return sql.statement("SELECT count FROM entry WHERE sequence = ?")
                .bind(sequence)
                .first(row -> row.number(1))
                .orElseThrow(() -> cursors.notKept(sequence));
    }

    /// Refuses a count that one transaction can never carry.
    static int requireLimit(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new IllegalArgumentException(
                    "limit %d is outside 1 to %d".formatted(limit, most));
        }
        return limit;
    }
}
