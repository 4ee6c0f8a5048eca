package energy.cryptometer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
    @TempDir private Path directory;
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("journal.db");
    }

    static void assertRefused(ThrowingCallable opening, Reason reason, String... words) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageNotContaining("\n")
                .message()
                .satisfies(message -> assertThat(List.of(words)).allMatch(message::contains));
    }

    @Test
    void anOlderStoreIsBroughtUpToDateWithItsRows() {
        try (Database old = Database.open(file, Journal.FIRST_ONLY)) {
            Journal.fill(old, 1, 3);
        }
        assertRefused(
                () -> Database.openReadOnly(file, Journal.ALL),
                Reason.OLDER_SCHEMA,
                "version 1",
                "knows 2");
        try (Database updated = Database.open(file, Journal.ALL)) {
            assertThat(Journal.count(updated)).isEqualTo(3);
            assertThat(Journal.number(updated, "PRAGMA user_version")).isEqualTo(2);
        }
    }

    @Test
    void aNewerStoreIsRefusedUntouched() {
        Database.open(file, Journal.ALL).close();
        assertRefused(
                () -> Database.open(file, Journal.FIRST_ONLY),
                Reason.NEWER_SCHEMA,
                file.toString(),
                "version 2",
                "knows 1");
        assertRefused(() -> Database.openReadOnly(file, Journal.FIRST_ONLY), Reason.NEWER_SCHEMA);
        Database.open(file, Journal.ALL).close();
    }

    @Test
    void theStoreOfAnotherProgramIsRefused() {
        Database.open(file, Journal.ALL).close();
        Migrations other = new Migrations(7, 4096, List.of("CREATE TABLE t (x INTEGER) STRICT"));
        assertRefused(() -> Database.open(file, other), Reason.FOREIGN, "1413829460", "ours is 7");
    }

    @Test
    void aStoreThatIsJustBeingMadeIsNotTakenForAForeignOne() throws IOException {
        Files.createFile(file);
        assertRefused(
                () -> Database.openReadOnly(file, Journal.ALL), Reason.LOCKED, "just making it");
        Database.open(file, Journal.ALL).close();
        Database.openReadOnly(file, Journal.ALL).close();
    }

    @Test
    void aFileThatIsNoStoreIsRefusedAndLeftAlone() throws IOException {
        String text = "Dear diary, nothing is encoded here.\n".repeat(200);
        Files.writeString(file, text);
        assertRefused(() -> Database.open(file, Journal.ALL), Reason.CORRUPT, "not a SQLite file");
        assertThat(file).hasContent(text);
    }

    @Test
    void aShortFileThatIsNoStoreIsRefusedToo() throws IOException {
        Files.writeString(file, "short");
        assertRefused(() -> Database.open(file, Journal.ALL), Reason.CORRUPT);
        assertThat(file).hasContent("short");
    }

    @Test
    void anEmptyFileLeftByAPowerCutBecomesANewStore() throws IOException {
        Files.createFile(file);
        try (Database database = Database.open(file, Journal.ALL)) {
            Journal.fill(database, 1, 1);
            assertThat(Journal.count(database)).isEqualTo(1);
        }
    }

    @Test
    void aMissingDirectoryOrFileIsNamed() {
        assertRefused(
                () -> Database.open(directory.resolve("no/journal.db"), Journal.ALL),
                Reason.IO,
                "create " + directory.resolve("no"));
        assertRefused(() -> Database.openReadOnly(file, Journal.ALL), Reason.IO, "is not there");
        assertThat(file).doesNotExist();
    }

    @Test
    void aDirectoryWhereFilesCannotBeMadeIsRefused() {
        // Not even root may create a file here.
        assertThatThrownBy(() -> Database.open(Path.of("/proc/self/journal.db"), Journal.ALL))
                .isInstanceOf(StoreException.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFailingMigrationLeavesTheVersionBeforeIt() {
        Migrations broken =
                new Migrations(
                        Journal.APPLICATION_ID,
                        1024,
                        List.of(
                                Journal.ALL.scripts().getFirst(),
                                "CREATE TABLE half (x INTEGER) STRICT; INSERT INTO nowhere"
                                        + " VALUES (1)"));
        assertThatThrownBy(() -> Database.open(file, broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nowhere");
        try (Database database = Database.open(file, Journal.ALL)) {
            assertThat(database.check()).isEmpty();
            assertThat(Journal.count(database)).isZero();
            assertThat(
                            Journal.number(
                                    database,
                                    "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"))
                    .isZero();
        }
    }

    @Test
    void aTableThatIsNotStrictIsRefused() {
        Migrations loose = new Migrations(7, 4096, List.of("CREATE TABLE loose (x INTEGER)"));
        assertThatThrownBy(() -> Database.open(file, loose))
                .hasMessageContaining("write STRICT")
                .hasMessageContaining("[loose]");
    }

    @Test
    void migrationsAreNumberedWithoutAGap() {
        assertThatThrownBy(() -> Migrations.of(7, Journal.class, "002-photo.sql"))
                .hasMessageContaining("not named 001-");
        assertThatThrownBy(() -> Migrations.of(7, Journal.class, "001-absent.sql"))
                .hasMessageContaining("no resource 001-absent.sql");
        assertThatThrownBy(() -> Journal.ALL.withPageSize(1000))
                .hasMessageContaining("page size is 1000");
    }
}
