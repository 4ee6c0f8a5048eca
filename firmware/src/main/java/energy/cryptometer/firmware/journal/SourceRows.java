package energy.cryptometer.firmware.journal;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.hal.pulse.SourceState.Anchor;
import energy.cryptometer.hal.pulse.SourceState.EdgeMark;
import energy.cryptometer.hal.pulse.SourceState.ReferenceMark;
import energy.cryptometer.store.Sql;
import energy.cryptometer.store.SqlStatement;
import java.util.Optional;
import java.util.UUID;

/// Where the source goes on: at most one row for a register, one for a contact, and one for a
/// contact's reference register.
final class SourceRows {
    private SourceRows() {}

    static void keep(Sql sql, SourceState state) {
        state.anchor()
                .ifPresentOrElse(
                        anchor -> keep(sql, anchor), () -> clear(sql, "DELETE FROM source_anchor"));
        state.edges()
                .ifPresentOrElse(
                        mark -> keep(sql, mark), () -> clear(sql, "DELETE FROM source_edges"));
        state.reference()
                .ifPresentOrElse(
                        mark -> keep(sql, mark), () -> clear(sql, "DELETE FROM source_reference"));
    }

    private static void clear(Sql sql, String statement) {
        int _ = sql.statement(statement).run();
    }

    private static void keep(Sql sql, Anchor anchor) {
        SqlStatement row =
                sql.statement(
                                """
                                INSERT OR REPLACE INTO source_anchor
                                    (id, register, boot, boot_nanos, wall_ms, quality)
                                VALUES (1, ?, ?, ?, ?, ?)\
                                """)
                        .bind(anchor.register());
        bound(sql, row, anchor.at());
    }

    private static void keep(Sql sql, EdgeMark mark) {
        SqlStatement row =
                sql.statement(
                                """
                                INSERT OR REPLACE INTO source_edges
                                    (id, request, edge, boot, boot_nanos, wall_ms, quality)
                                VALUES (1, ?, ?, ?, ?, ?, ?)\
                                """)
                        .bind(mark.request())
                        .bind(mark.edge());
        bound(sql, row, mark.at());
    }

    private static void keep(Sql sql, ReferenceMark mark) {
        SqlStatement row =
                sql.statement(
                                """
                                INSERT OR REPLACE INTO source_reference
                                    (id, count, register, beyond, boot, boot_nanos, wall_ms, quality)
                                VALUES (1, ?, ?, ?, ?, ?, ?, ?)\
                                """)
                        .bind(mark.count())
                        .bind(mark.register())
                        .bind(mark.beyond() ? 1 : 0);
        bound(sql, row, mark.at());
    }

    private static void bound(Sql sql, SqlStatement row, BoardClock.Reading at) {
        int _ =
                row.bind(CaptureRows.boot(sql, at.bootId()))
                        .bind(at.bootNanos())
                        .bind(at.wall().toEpochMilli())
                        .bind(CaptureRows.code(at.quality()))
                        .run();
    }

    /// The youngest reading of the clock that the journal holds for a boot.
    static Optional<BoardClock.Reading> lastReading(Sql sql, UUID boot) {
        return sql.statement(
                        """
                        SELECT uuid, boot_nanos, wall_ms, quality FROM (
                            SELECT * FROM (SELECT boot, boot_nanos, wall_ms, quality FROM capture
                                           ORDER BY id DESC LIMIT 1)
                            UNION ALL SELECT boot, boot_nanos, wall_ms, quality FROM source_edges
                            UNION ALL SELECT boot, boot_nanos, wall_ms, quality FROM source_anchor)
                        JOIN boot ON boot.id = boot
                        WHERE uuid = ? ORDER BY boot_nanos DESC LIMIT 1\
                        """)
                .bind(boot.toString())
                .first(row -> CaptureRows.reading(row, 1));
    }

    private static Optional<ReferenceMark> reference(Sql sql) {
        return sql.statement(
                        """
                        SELECT count, register, beyond, uuid, boot_nanos, wall_ms, quality
                        FROM source_reference JOIN boot ON boot.id = source_reference.boot\
                        """)
                .first(row ->
                        new ReferenceMark(
                                row.number(1),
                                row.number(2),
                                CaptureRows.reading(row, 4),
                                row.number(3) == 1));
    }

    static SourceState state(Sql sql) {
        Optional<Anchor> anchor =
                sql.statement(
                                """
                                SELECT register, uuid, boot_nanos, wall_ms, quality
                                FROM source_anchor JOIN boot ON boot.id = source_anchor.boot\
                                """)
                        .first(row -> new Anchor(row.number(1), CaptureRows.reading(row, 2)));
        Optional<EdgeMark> edges =
                sql.statement(
                                """
                                SELECT request, edge, uuid, boot_nanos, wall_ms, quality
                                FROM source_edges JOIN boot ON boot.id = source_edges.boot\
                                """)
                        .first(row ->
                                new EdgeMark(
                                        row.number(1), row.number(2), CaptureRows.reading(row, 3)));
        return new SourceState(CursorRow.read(sql).counted(), anchor, edges, reference(sql));
    }
}
