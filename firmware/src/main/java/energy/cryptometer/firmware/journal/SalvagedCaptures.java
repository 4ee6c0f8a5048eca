package energy.cryptometer.firmware.journal;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.store.Row;
import energy.cryptometer.store.Sql;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The captures behind a salvaged chain, made gap-free again: the count of a later row says how
/// many pulses are missing before it.
final class SalvagedCaptures {
    /// More missing pulses than this are a damaged number, not a backlog.
    private static final long MOST_MISSING = 10_000_000;

    private final Sql sql;
    private final List<Long> nonsense = new ArrayList<>();
    private final List<Hole> holes = new ArrayList<>();
    private long last;
    private long counted;
    private long filled;
    private JournalCursors cursors = JournalCursors.START;

    /// Pulses that are missing before the capture whose time they get.
    private record Hole(long afterId, long count, long pulses, Time time) {}

    private record Time(long boot, long bootNanos, long wallMillis) {}

    private SalvagedCaptures(Sql sql, long last, long counted) {
        this.sql = sql;
        this.last = last;
        this.counted = counted;
    }

    static SalvagedCaptures repair(
            Sql sql, SalvagedChain chain, @Nullable JournalCursors old, BoardClock.Reading now) {
        long signed = chain.endCapture() >= 0 ? chain.endCapture() : beforeFirst(sql, old);
        SalvagedCaptures captures = new SalvagedCaptures(sql, signed, chain.endCount());
        sql.statement(
                        "SELECT id, kind, count, boot, boot_nanos, wall_ms FROM capture"
                                + " WHERE id > ? ORDER BY id")
                .bind(signed)
                .each(captures::read);
        captures.finish(old, now);
        captures.cursors = captures.cursors(chain, signed, old);
        return captures;
    }

    private static long beforeFirst(Sql sql, @Nullable JournalCursors old) {
        return sql.statement("SELECT min(id) - 1 FROM capture HAVING count(*) > 0")
                .first(row -> row.number(1))
                .orElse(old == null ? 0 : old.captured());
    }

    private void read(Row row) {
        long id = row.number(1);
        long before = row.number(3) - (row.number(2) == 0 ? 1 : 0);
        long missing = before - counted;
        if (missing < 0 || missing > MOST_MISSING || missing > id - last - 1) {
            nonsense.add(id);
            return;
        }
        if (missing > 0) {
            Time time = new Time(row.number(4), row.number(5), row.number(6));
            holes.add(new Hole(last, counted, missing, time));
        }
        last = id;
        counted = row.number(3);
    }

    private void finish(@Nullable JournalCursors old, BoardClock.Reading now) {
        for (long id : nonsense) {
            int _ = sql.statement("DELETE FROM capture WHERE id = ?").bind(id).run();
        }
        holes.forEach(this::fill);
        if (old != null && old.counted() > counted && old.counted() - counted <= MOST_MISSING) {
            Time time =
                    new Time(
                            CaptureRows.boot(sql, now.bootId()),
                            now.bootNanos(),
                            now.wall().toEpochMilli());
            Hole tail = new Hole(last, counted, old.counted() - counted, time);
            fill(tail);
            last += tail.pulses();
            counted = old.counted();
        }
    }

    private void fill(Hole hole) {
        for (long i = 1; i <= hole.pulses(); i++) {
            int _ =
                    sql.statement(
                                    """
                                    INSERT INTO capture
                                        (id, kind, count, boot, boot_nanos, wall_ms, quality)
                                    VALUES (?, 0, ?, ?, ?, ?, 0)\
                                    """)
                            .bind(hole.afterId() + i)
                            .bind(hole.count() + i)
                            .bind(hole.time().boot())
                            .bind(hole.time().bootNanos())
                            .bind(hole.time().wallMillis())
                            .run();
        }
        filled += hole.pulses();
    }

    private JournalCursors cursors(SalvagedChain chain, long signed, @Nullable JournalCursors old) {
        long sent = within(old == null ? 0 : old.sentSequence(), chain);
        long proven = within(old == null ? 0 : old.provenSequence(), chain);
        return new JournalCursors(
                last,
                counted,
                signed,
                chain.endSequence(),
                chain.endId(),
                chain.endCount(),
                sent,
                count(sent, chain),
                proven,
                count(proven, chain),
                chain.startSequence(),
                chain.startId());
    }

    private static long within(long sequence, SalvagedChain chain) {
        return Math.clamp(sequence, chain.startSequence(), chain.endSequence());
    }

    private long count(long sequence, SalvagedChain chain) {
        return sql.statement("SELECT count FROM entry WHERE sequence = ?")
                .bind(sequence)
                .first(row -> row.number(1))
                .orElse(chain.startCount());
    }

    JournalCursors cursors() {
        return cursors;
    }

    /// Rows that were found and made no sense.
    long dropped() {
        return nonsense.size();
    }

    /// Captures that are lost, whether their pulses could be counted again or not.
    long lost() {
        return filled + nonsense.size();
    }
}
