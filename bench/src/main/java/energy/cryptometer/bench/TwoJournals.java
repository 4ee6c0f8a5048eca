package energy.cryptometer.bench;

import energy.cryptometer.store.Database;
import energy.cryptometer.store.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The same table twice in one new folder: kept by the store, and by a bare connection with the
/// store's settings.
record TwoJournals(Path folder, Database store, Connection bare, PreparedStatement insert)
        implements AutoCloseable {
    static final String INSERT = "INSERT INTO pulse (transaction_bytes) VALUES (?)";

    private static final String TABLE =
            "CREATE TABLE pulse (sequence INTEGER PRIMARY KEY, transaction_bytes BLOB NOT NULL) STRICT;";
    private static final int APPLICATION_ID = 0x42454e43;

    /// Under the folder named by the property `bench.folder`, on the disk that is to be measured.
    static TwoJournals open() {
        try {
            Path folder =
                    Files.createTempDirectory(
                            Path.of(System.getProperty("bench.folder", ".")), "journal");
            Migrations migrations =
                    new Migrations(APPLICATION_ID, Migrations.USUAL_PAGE_SIZE, List.of(TABLE));
            Database store = Database.open(folder.resolve("store.db"), migrations);
            Connection bare =
                    DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bare.db"));
            try (Statement statement = bare.createStatement()) {
                statement.execute("PRAGMA page_size=" + Migrations.USUAL_PAGE_SIZE);
                statement.execute("PRAGMA journal_mode=WAL");
                statement.execute("PRAGMA synchronous=FULL");
                statement.execute(TABLE);
            }
            return new TwoJournals(folder, store, bare, bare.prepareStatement(INSERT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot open the bare journal", e);
        }
    }

    @Override
    public void close() {
        store.close();
        try (Stream<Path> files = Files.walk(folder)) {
            insert.close();
            bare.close();
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close the bare journal", e);
        }
    }
}
