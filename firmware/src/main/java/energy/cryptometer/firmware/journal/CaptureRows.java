package energy.cryptometer.firmware.journal;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.ClockQuality;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.ledger.transaction.MeterEvent.Detail;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import energy.cryptometer.store.Row;
import energy.cryptometer.store.Sql;
import energy.cryptometer.store.SqlStatement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Captures as rows: pulses and events in one gap-free order, and the state of their source.
final class CaptureRows {
    private static final String SELECT =
            """
            SELECT capture.id, kind, count, uuid, boot_nanos, wall_ms, quality, a, b, words
            FROM capture JOIN boot ON boot.id = capture.boot
            """;

    private final Sql sql;
    private long last;
    private long counted;

    private CaptureRows(Sql sql, JournalCursors cursors) {
        this.sql = sql;
        last = cursors.captured();
        counted = cursors.counted();
    }

    /// Goes on behind the last capture.
    static CaptureRows behind(Sql sql, JournalCursors cursors) {
        return new CaptureRows(sql, cursors);
    }

    void add(SourceBatch batch) {
        for (SourceItem item : batch.items()) {
            switch (item) {
                case Pulse pulse -> add(pulse);
                case SourceEvent event -> {
                    EventWords.Event words = EventWords.of(event, counted, awayMillis(event));
                    add(words.kind(), words.detail(), event.capturedAt());
                }
            }
        }
        if (batch.stateAfter().count() != counted) {
            throw new IllegalArgumentException(
                    "source says %d pulses after a batch that ends with pulse %d"
                            .formatted(batch.stateAfter().count(), counted));
        }
        SourceRows.keep(sql, batch.stateAfter());
    }

    private void add(Pulse pulse) {
        if (pulse.count() != counted + 1) {
            throw new IllegalArgumentException(
                    "pulse %d does not follow pulse %d; the journal takes every pulse once"
                            .formatted(pulse.count(), counted));
        }
        counted++;
        int _ = insert(0, pulse.capturedAt()).bindNull().bindNull().bindNull().run();
    }

    void add(MeterEventKind kind, Detail detail, BoardClock.Reading at) {
        int _ = insert(kind.code(), at).bind(detail.a()).bind(detail.b()).bind(detail.text()).run();
    }

    private SqlStatement insert(int kind, BoardClock.Reading at) {
        last++;
        long boot = boot(sql, at.bootId());
        return sql.statement(
                        """
                        INSERT INTO capture (id, kind, count, boot, boot_nanos, wall_ms, quality,
                            a, b, words)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """)
                .bind(last)
                .bind(kind)
                .bind(counted)
                .bind(boot)
                .bind(at.bootNanos())
                .bind(at.wall().toEpochMilli())
                .bind(code(at.quality()));
    }

    /// The number of a boot, given when it is first seen.
    static long boot(Sql sql, UUID id) {
        Optional<Long> known =
                sql.statement("SELECT id FROM boot WHERE uuid = ?")
                        .bind(id.toString())
                        .first(row -> row.number(1));
        if (known.isPresent()) {
            return known.get();
        }
        int _ = sql.statement("INSERT INTO boot (uuid) VALUES (?)").bind(id.toString()).run();
        return sql.statement("SELECT last_insert_rowid()").number();
    }

    private long awayMillis(SourceEvent event) {
        if (!(event instanceof SourceEvent.LineRestored)) {
            return 0;
        }
        return sql.statement("SELECT wall_ms FROM capture WHERE kind = ? ORDER BY id DESC LIMIT 1")
                .bind(MeterEventKind.LINE_LOST.code())
                .first(row -> Math.max(0, event.capturedAt().wall().toEpochMilli() - row.number(1)))
                .orElse(0L);
    }

    /// Whether the first item of the batch is already here: items come all together or not at all.
    static boolean holds(Sql sql, SourceBatch batch, JournalCursors cursors) {
        SourceItem first = batch.items().getFirst();
        BoardClock.Reading at = first.capturedAt();
        boolean pulse = first instanceof Pulse;
        String same =
                "SELECT count(*) FROM capture JOIN boot ON boot.id = capture.boot WHERE capture.id"
                        + " > ? AND uuid = ? AND boot_nanos = ? AND wall_ms = ? AND ";
        return sql.statement(same + (pulse ? "kind = 0 AND count = ?" : "kind > ?"))
                        .bind(cursors.captured() - 2L * SourceBatch.MOST_ITEMS)
                        .bind(at.bootId().toString())
                        .bind(at.bootNanos())
                        .bind(at.wall().toEpochMilli())
                        .bind(first instanceof Pulse known ? known.count() : 0)
                        .number()
                > 0;
    }

    /// Captures behind `id`, oldest first, at most `limit`.
    static List<Captured> behind(Sql sql, long id, int limit) {
        return sql.statement(SELECT + "WHERE capture.id > ? ORDER BY capture.id LIMIT ?")
                .bind(id)
                .bind(limit)
                .list(CaptureRows::captured);
    }

    private static Captured captured(Row row) {
        BoardClock.Reading at = reading(row, 4);
        if (row.number(2) == 0) {
            return new Captured.OfPulse(row.number(1), row.number(3), at);
        }
        return new Captured.OfEvent(
                row.number(1),
                MeterEventKind.ofCode(row.number(2)),
                new Detail(row.number(8), row.number(9), row.text(10)),
                at);
    }

    static BoardClock.Reading reading(Row row, int column) {
        return new BoardClock.Reading(
                row.number(column + 1),
                UUID.fromString(row.text(column)),
                Instant.ofEpochMilli(row.number(column + 2)),
                quality(row.number(column + 3)));
    }

    static int code(ClockQuality quality) {
        return switch (quality) {
            case UNKNOWN -> 0;
            case INFORMATIVE -> 1;
            case SYNCHRONISED -> 2;
        };
    }

    private static ClockQuality quality(long code) {
        return switch ((int) code) {
            case 0 -> ClockQuality.UNKNOWN;
            case 1 -> ClockQuality.INFORMATIVE;
            case 2 -> ClockQuality.SYNCHRONISED;
            default -> throw new IllegalStateException("clock quality " + code + " in the journal");
        };
    }
}
