package energy.cryptometer.store;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.store.Salvage.Rescued;
import energy.cryptometer.store.StoreException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamageTest {
    private static final int ROWS = 2_000;
    private static final Instant NOW = Instant.parse("2026-11-22T10:15:00Z");

    @TempDir private Path directory;
    private Path file;

    @BeforeEach
    void fill() {
        file = directory.resolve("journal.db");
        try (Database database = Database.open(file, Journal.ALL)) {
            Journal.fill(database, 1, ROWS);
        }
    }

    @Test
    void aDamagedStoreIsSetAsideAndMostOfItIsSaved() throws IOException {
        overwrite(Files.size(file) / 2, 4096);
        OpeningTest.assertRefused(
                () -> Database.open(file, Journal.ALL),
                Reason.CORRUPT,
                file.toString(),
                "set it aside");

        Path aside = Database.quarantine(file, NOW);

        assertThat(aside).hasFileName("journal.db.failed-20261122T101500Z").exists();
        assertThat(file).doesNotExist();
        try (Database fresh = Database.open(file, Journal.ALL)) {
            List<Rescued> report = Salvage.copy(aside, fresh, List.of(Journal.PULSES));
            assertThat(report).hasSize(1);
            Rescued pulses = report.getFirst();
            assertThat(pulses.copied()).isBetween(ROWS - 100L, ROWS - 1L);
            assertThat(Journal.count(fresh)).isEqualTo(pulses.copied());
            assertThat(Journal.sequences(fresh)).contains(1L, (long) ROWS);
            assertThat(fresh.check()).isEmpty();
        }
    }

    @Test
    void aSoundStoreIsCopiedWhole() {
        Path aside = Database.quarantine(file, NOW);
        try (Database fresh = Database.open(file, Journal.ALL)) {
            Rescued pulses = Salvage.copy(aside, fresh, List.of(Journal.PULSES)).getFirst();
            assertThat(pulses.copied()).isEqualTo(ROWS);
            assertThat(pulses.refused()).isZero();
            assertThat(pulses.stoppedBy()).isEmpty();
        }
    }

    @Test
    void aRowThatMakesNoSenseIsLeftOutAndCounted() {
        try (Database database = Database.open(file, Journal.ALL)) {
            int _ =
                    database.write(sql ->
                            sql.statement(
                                            "UPDATE pulse SET payload = x'00' WHERE"
                                                    + " sequence IN (5, 1700)")
                                    .run());
        }
        Path aside = Database.quarantine(file, NOW);
        try (Database fresh = Database.open(file, Journal.ALL)) {
            Rescued pulses = Salvage.copy(aside, fresh, List.of(Journal.PULSES)).getFirst();
            assertThat(pulses.copied()).isEqualTo(ROWS - 2);
            assertThat(pulses.refused()).isEqualTo(2);
            assertThat(Journal.sequences(fresh)).doesNotContain(5L, 1700L);
        }
    }

    @Test
    void aTableThatCannotBeReadAtAllSaysWhyAndTheOthersGoOn() {
        Path aside = Database.quarantine(file, NOW);
        Salvage.Table absent = new Salvage.Table("absent", "rowid", List.of("x"), (_, _) -> {});
        try (Database fresh = Database.open(file, Journal.ALL)) {
            List<Rescued> report = Salvage.copy(aside, fresh, List.of(absent, Journal.PULSES));
            assertThat(report.getFirst().stoppedBy().orElseThrow()).contains("absent");
            assertThat(report.getLast().copied()).isEqualTo(ROWS);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whereverTheDamageIsSalvageNeverInventsARow(long seed) throws IOException {
        Random random = new Random(seed);
        for (int n = 0; n < 5; n++) {
            overwrite(100 + random.nextLong(Files.size(file) - 1100), 1 + random.nextInt(1000));
        }
        Path aside = Database.quarantine(file, NOW);
        try (Database fresh = Database.open(file, Journal.ALL)) {
            Rescued pulses = Salvage.copy(aside, fresh, List.of(Journal.PULSES)).getFirst();
            assertThat(Journal.count(fresh)).isEqualTo(pulses.copied());
            assertThat(Journal.sequences(fresh)).allMatch(n -> n >= 1 && n <= ROWS);
            assertThat(fresh.check()).isEmpty();
        }
    }

    @Test
    void theWriteAheadLogGoesWithItsFile() throws IOException {
        Path copy = directory.resolve("copy.db");
        try (Database database = Database.open(file, Journal.ALL)) {
            Journal.fill(database, ROWS + 1, ROWS + 10);
            Files.copy(file, copy);
            Files.copy(directory.resolve("journal.db-wal"), directory.resolve("copy.db-wal"));
        }
        Path aside = Database.quarantine(copy, NOW);
        assertThat(directory.resolve("copy.db-wal")).doesNotExist();
        try (Database fresh = Database.open(copy, Journal.ALL)) {
            assertThat(Salvage.copy(aside, fresh, List.of(Journal.PULSES)).getFirst().copied())
                    .isEqualTo(ROWS + 10);
        }
    }

    @Test
    void twoQuarantinesInOneSecondKeepBothFiles() {
        Path first = Database.quarantine(file, NOW);
        Database.open(file, Journal.ALL).close();
        Path second = Database.quarantine(file, NOW);
        assertThat(first).exists();
        assertThat(second).exists().hasFileName("journal.db.failed-20261122T101500Z-2");
    }

    @Test
    void aStoreInUseIsNotSetAside() {
        try (Database _ = Database.open(file, Journal.ALL)) {
            OpeningTest.assertRefused(
                    () -> Database.quarantine(file, NOW), Reason.LOCKED, "this very program");
            OpeningTest.assertRefused(
                    () -> Database.open(file, Journal.ALL), Reason.LOCKED, "this very program");
        }
        Database.open(file, Journal.ALL).close();
    }

    @Test
    void aDestroyedFirstPageIsDamageNotANewFile() throws IOException {
        overwrite(0, 100);
        OpeningTest.assertRefused(() -> Database.open(file, Journal.ALL), Reason.CORRUPT);
        assertThat(Files.size(file)).isGreaterThan(ROWS * 300L);
    }

    private void overwrite(long at, int bytes) throws IOException {
        byte[] junk = new byte[bytes];
        new Random(at).nextBytes(junk);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(junk), at);
        }
    }
}
