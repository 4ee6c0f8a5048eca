package energy.cryptometer.firmware.journal;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.store.Row;
import energy.cryptometer.store.Sql;
import org.jspecify.annotations.Nullable;

/// The longest piece of a salvaged chain that holds together: every link matches, and every
/// transaction that is not proven yet verifies. What is missing among proven transactions only
/// moves the start of the piece; what is missing behind them ends it.
final class SalvagedChain {
    private final ChainRows rows;
    private final JournalIdentity identity;
    private final long proven;
    private final Sql sql;
    private Place start;
    private Place end;
    private boolean ended;
    private long dropped;
    private long missing;

    /// One transaction of the chain: what the next one needs to know of it.
    private record Place(long sequence, Hash id, long count, long capture) {}

    private SalvagedChain(Sql sql, JournalIdentity identity, @Nullable JournalCursors old) {
        this.sql = sql;
        this.identity = identity;
        rows = ChainRows.in(sql, identity);
        proven = old == null ? Long.MAX_VALUE : old.provenSequence();
        start =
                old == null
                        ? new Place(0, Hash.ZERO, 0, 0)
                        : new Place(
                                old.prunedSequence(), old.prunedId(), countAtStart(sql, old), -1);
        end = start;
    }

    private static long countAtStart(Sql sql, JournalCursors old) {
        return sql.statement("SELECT count - pulses FROM entry WHERE sequence = ?")
                .bind(old.prunedSequence() + 1)
                .first(row -> row.number(1))
                .orElse(old.proven());
    }

    /// Keeps the piece, deletes the other rows and writes which pulses wait for their transfer.
    static SalvagedChain repair(Sql sql, JournalIdentity identity, @Nullable JournalCursors old) {
        SalvagedChain chain = new SalvagedChain(sql, identity, old);
        sql.statement("SELECT " + ChainRows.COLUMNS + " FROM entry ORDER BY sequence")
                .each(chain::read);
        if (old != null && chain.end.sequence() < old.provenSequence()) {
            Place head =
                    new Place(
                            old.signedSequence(),
                            old.signedId(),
                            old.signed(),
                            old.signedCapture());
            chain.missing += head.sequence() - chain.end.sequence();
            chain.restart(head);
        } else if (old != null) {
            chain.missing += Math.max(0, old.signedSequence() - chain.end.sequence());
        }
        chain.dropped +=
                sql.statement("DELETE FROM entry WHERE sequence NOT BETWEEN ? AND ?")
                        .bind(chain.start.sequence() + 1)
                        .bind(chain.end.sequence())
                        .run();
        return chain;
    }

    private void read(Row row) {
        if (ended) {
            return;
        }
        long sequence = row.number(1);
        Place here = new Place(sequence, Hash.of(row.bytes(12)), row.number(3), row.number(5));
        if (sequence == end.sequence() + 1 && holds(row)) {
            end = here;
        } else if (sequence <= proven || end.sequence() < proven) {
            missing += sequence - end.sequence();
            restart(here);
        } else {
            ended = true;
        }
    }

    private boolean holds(Row row) {
        try {
            SignedTransaction transaction = rows.rebuild(row, end.id());
            if (transaction.content().sequence() > proven
                    && !(transaction.verify(identity.key()) instanceof SignatureVerdict.Valid)) {
                return false;
            }
            PendingRows pending = PendingRows.in(sql);
            switch (transaction.content()) {
                case Generation generation -> pending.add(rows.step(generation), generation);
                case Transfer transfer -> pending.dropThrough(transfer.range().lastSequence());
                default -> {}
            }
            return true;
        } catch (IllegalStateException | IllegalArgumentException e) {
            return false;
        }
    }

    private void restart(Place place) {
        start = place;
        end = place;
    }

    /// Last transaction before the piece.
    long startSequence() {
        return start.sequence();
    }

    Hash startId() {
        return start.id();
    }

    long startCount() {
        return start.count();
    }

    long endSequence() {
        return end.sequence();
    }

    Hash endId() {
        return end.id();
    }

    /// Pulses signed by the end of the piece.
    long endCount() {
        return end.count();
    }

    /// Last capture signed by the end of the piece, -1 where no row says it.
    long endCapture() {
        return end.capture();
    }

    /// Rows that were found and not kept.
    long dropped() {
        return dropped;
    }

    /// Transactions that are not kept.
    long lost() {
        return missing;
    }
}
