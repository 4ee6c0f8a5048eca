package energy.cryptometer.store;

import energy.cryptometer.store.StoreException.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Copies what can still be read of a store that was set aside into its successor.
///
/// Each table is read row by row in the order of its integer key, and where a damaged page ends
/// that, once more from the other end. A row is taken whole or not at all, but SQLite keeps no
/// checksum of a row: the copier must verify what the row says (signature, hash) before it believes
/// it.
public final class Salvage {
    private static final int ROWS_PER_TRANSACTION = 500;

    private final Path failed;
    private final SqliteConnection old;
    private final Database fresh;

    private Salvage(Path failed, SqliteConnection old, Database fresh) {
        this.failed = failed;
        this.old = old;
        this.fresh = fresh;
    }

    /// A table to rescue.
    ///
    /// @param name the table
    /// @param key its integer primary key, or `rowid`
    /// @param columns what to select, in the order the copier reads it
    /// @param copier writes one old row into the new store. An [IllegalArgumentException], or a
    ///   constraint of the new store, says that the row makes no sense: it is left out and counted,
    ///   and the others go on
    public record Table(
            String name, String key, List<String> columns, BiConsumer<Row, Sql> copier) {
        public Table {
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("no column of " + name);
            }
        }
    }

    /// What became of one table.
    ///
    /// @param copied rows now in the new store
    /// @param refused rows that could be found but not taken over
    /// @param stoppedBy why not every row could be found, if so
    public record Rescued(String table, long copied, long refused, Optional<String> stoppedBy) {}

    /// Copies all tables in the order given: parents before children.
    public static List<Rescued> copy(Path failed, Database fresh, List<Table> tables) {
        List<Rescued> report = new ArrayList<>();
        try (SqliteConnection old = SqliteConnection.open(failed, true, new SqlErrors(failed))) {
            Salvage salvage = new Salvage(failed, old, fresh);
            for (Table table : tables) {
                report.add(salvage.rescue(table));
            }
        }
        return List.copyOf(report);
    }

    private Rescued rescue(Table table) {
        Pass forward = new Pass(table, "", Long.MIN_VALUE, Long.MAX_VALUE);
        forward.run();
        if (forward.stoppedBy == null) {
            return new Rescued(table.name(), forward.copied, forward.refused, Optional.empty());
        }
        Pass backward = new Pass(table, " DESC", forward.lowest, Long.MAX_VALUE);
        backward.run();
        return new Rescued(
                table.name(),
                forward.copied + backward.copied,
                forward.refused + backward.refused,
                Optional.of(forward.stoppedBy));
    }

    /// One reading of a table in one direction, in transactions of bounded size.
    private final class Pass {
        private final Table table;
        private final String direction;
        private final String select;
        private long lowest;
        private long highest;
        private boolean exhausted;
        private long copied;
        private long refused;
        private @Nullable String stoppedBy;

        Pass(Table table, String direction, long lowest, long highest) {
            this.table = table;
            this.direction = direction;
            this.lowest = lowest;
            this.highest = highest;
            this.select =
                    "SELECT %s, %s FROM %s WHERE %s BETWEEN ? AND ? ORDER BY %s%s LIMIT %d"
                            .formatted(
                                    String.join(", ", table.columns()),
                                    table.key(),
                                    table.name(),
                                    table.key(),
                                    table.key(),
                                    direction,
                                    ROWS_PER_TRANSACTION);
        }

        void run() {
            while (!exhausted && stoppedBy == null) {
                fresh.change(this::readSome);
            }
        }

        private void readSome(Sql into) {
            long before = copied + refused;
            SqlStatement rows = prepared();
            if (rows == null) {
                return;
            }
            try {
                rows.bind(lowest)
                        .bind(highest)
                        .each(row -> {
                            advance(row.number(table.columns().size() + 1));
                            take(row, into);
                        });
            } catch (StoreException e) {
                if (!e.isAbout(failed)) {
                    throw e;
                }
                stoppedBy = e.getMessage();
            }
            if (copied + refused - before < ROWS_PER_TRANSACTION) {
                exhausted = true;
            }
        }

        private @Nullable SqlStatement prepared() {
            try {
                return old.statement(select);
            } catch (StoreException | IllegalStateException e) {
                stoppedBy = e.getMessage(); // a damaged schema may no longer know the table
                return null;
            }
        }

        private void advance(long key) {
            if (direction.isEmpty()) {
                exhausted = key == Long.MAX_VALUE;
                lowest = exhausted ? key : key + 1;
            } else {
                exhausted = key == lowest;
                highest = exhausted ? key : key - 1;
            }
        }

        private void take(Row row, Sql into) {
            int _ = into.statement("SAVEPOINT salvaged_row").run();
            try {
                table.copier().accept(row, into);
                copied++;
            } catch (IllegalArgumentException e) {
                leaveOut(into);
            } catch (StoreException e) {
                if (!e.isAbout(failed) && e.reason() != Reason.CONSTRAINT) {
                    throw e;
                }
                leaveOut(into);
            }
            int _ = into.statement("RELEASE salvaged_row").run();
        }

        private void leaveOut(Sql into) {
            int _ = into.statement("ROLLBACK TO salvaged_row").run();
            refused++;
        }
    }
}
