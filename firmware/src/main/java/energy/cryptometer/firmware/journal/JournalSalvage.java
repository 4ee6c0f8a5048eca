package energy.cryptometer.firmware.journal;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.ledger.transaction.MeterEvent.Detail;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import energy.cryptometer.store.Database;
import energy.cryptometer.store.Row;
import energy.cryptometer.store.Salvage;
import energy.cryptometer.store.Salvage.Rescued;
import energy.cryptometer.store.Sql;
import energy.cryptometer.store.SqlStatement;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes over what can be saved of a damaged journal: first the rows as they are, then the chain as
/// far as it holds, then the captures behind it. What was signed but is lost is signed again from
/// its captures and comes out with the same ids; a pulse whose capture is lost is known by the
/// count and gets the time of the next one, with clock quality unknown.
final class JournalSalvage {
    private static final List<String> REGISTER =
            List.of("id", "register", "boot", "boot_nanos", "wall_ms", "quality");
    private static final List<String> EDGES =
            List.of("id", "request", "edge", "boot", "boot_nanos", "wall_ms", "quality");
    private static final List<String> REFERENCE =
            List.of("id", "count", "register", "boot", "boot_nanos", "wall_ms", "quality");

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final JournalIdentity identity;
    private final Path failed;
    private CursorRow.@Nullable Owner owner;
    private @Nullable JournalCursors old;
    private long starts;

    private JournalSalvage(Path failed, JournalIdentity identity) {
        this.failed = failed;
        this.identity = identity;
    }

    /// Fills `fresh`, which holds nothing yet, with what `failed` still shows. Throws
    /// `StoreException` with reason FOREIGN where that belongs to another meter.
    static void rescue(
            Path failed, Database fresh, JournalIdentity identity, BoardClock.Reading now) {
        JournalSalvage salvage = new JournalSalvage(failed, identity);
        List<Rescued> report = Salvage.copy(failed, fresh, salvage.tables());
        if (salvage.owner != null) {
            salvage.owner.require(identity, failed);
        }
        fresh.change(sql -> salvage.finish(sql, report, now));
    }

    private List<Salvage.Table> tables() {
        return List.of(
                new Salvage.Table(
                        "journal",
                        "id",
                        List.of(
                                "captured",
                                "counted",
                                "signed_capture",
                                "signed_sequence",
                                "signed_id",
                                "signed",
                                "sent_sequence",
                                "sent",
                                "proven_sequence",
                                "proven",
                                "pruned_sequence",
                                "pruned_id",
                                "community",
                                "account",
                                "source",
                                "starts"),
                        (row, _) -> sane(() -> rememberCursors(row))),
                new Salvage.Table(
                        "boot",
                        "id",
                        List.of("id", "uuid"),
                        (row, fresh) -> sane(() -> copyBoot(row, fresh))),
                copied("source_anchor", REGISTER),
                copied("source_edges", EDGES),
                copied("source_reference", REFERENCE),
                copied(
                        "capture",
                        List.of(
                                "id",
                                "kind",
                                "count",
                                "boot",
                                "boot_nanos",
                                "wall_ms",
                                "quality",
                                "a",
                                "b",
                                "words")),
                copied(
                        "entry",
                        List.of(
                                "sequence",
                                "type",
                                "count",
                                "pulses",
                                "capture",
                                "step",
                                "at_ms",
                                "quality",
                                "status",
                                "payload",
                                "signature",
                                "tx_id")));
    }

    /// A row that holds NULL or an impossible order makes no sense and is left out.
    private static void sane(Runnable copier) {
        try {
            copier.run();
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("the row makes no sense", e);
        }
    }

    private void rememberCursors(Row row) {
        old = CursorRow.cursors(row);
        owner = CursorRow.Owner.owner(row, 13);
        starts = row.number(16);
    }

    private static void copyBoot(Row row, Sql fresh) {
        UUID id = UUID.fromString(row.text(2));
        int _ =
                fresh.statement("INSERT INTO boot (id, uuid) VALUES (?, ?)")
                        .bind(row.number(1))
                        .bind(id.toString())
                        .run();
    }

    private static Salvage.Table copied(String table, List<String> columns) {
        String insert =
                "INSERT INTO %s (%s) VALUES (?%s)"
                        .formatted(
                                table,
                                String.join(", ", columns),
                                ", ?".repeat(columns.size() - 1));
        return new Salvage.Table(
                table,
                columns.getFirst(),
                columns,
                (row, fresh) -> copy(row, columns, fresh, insert));
    }

    private static void copy(Row row, List<String> columns, Sql fresh, String insert) {
        SqlStatement statement = fresh.statement(insert);
        for (int i = 1; i <= columns.size(); i++) {
            if (row.isNull(i)) {
                statement.bindNull();
                continue;
            }
            switch (columns.get(i - 1)) {
                case "words" -> statement.bind(row.text(i));
                case "payload", "signature", "tx_id" -> statement.bind(row.bytes(i));
                default -> statement.bind(row.number(i));
            }
        }
        int _ = statement.run();
    }

    private void finish(Sql sql, List<Rescued> report, BoardClock.Reading now) {
        SalvagedChain chain = SalvagedChain.repair(sql, identity, old);
        SalvagedCaptures captures = SalvagedCaptures.repair(sql, chain, old, now);
        CursorRow.insert(sql, CursorRow.Owner.of(identity), starts, captures.cursors());
        long saved = report.stream().mapToLong(Rescued::copied).sum();
        long refused = report.stream().mapToLong(Rescued::refused).sum();
        String name = failed.getFileName() + ".failed-" + STAMP.format(now.wall());
        CaptureRows.behind(sql, captures.cursors())
                .add(
                        MeterEventKind.STORE_SALVAGED,
                        new Detail(
                                saved - chain.dropped() - captures.dropped(),
                                refused + chain.lost() + captures.lost(),
                                EventWords.cut(name)),
                        now);
    }
}
