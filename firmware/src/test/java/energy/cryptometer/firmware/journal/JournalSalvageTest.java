package energy.cryptometer.firmware.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.clock.ClockQuality;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.store.Database;
import energy.cryptometer.store.Sql;
import energy.cryptometer.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Damaged journals: set aside, salvaged, reported, and the chain goes on.
class JournalSalvageTest {
    private static final long PULSES = 1500;
    private static final long SIGNED = 1200;

    private final TestMeter meter = TestMeter.number(1);

    @TempDir private Path directory;
    private Path file;
    private List<SignedTransaction> chain = List.of();
    private JournalCursors before = JournalCursors.START;

    /// 1,500 pulses, 1,200 of them signed, 900 transactions sent, 500 proven.
    @BeforeEach
    void fill() {
        file = directory.resolve("journal.db");
        try (Journal journal = open()) {
            journal.appendBoot("cryptometer", TestMeter.reading(0));
            journal.append(TestMeter.pulses(1, 1000));
            journal.append(TestMeter.pulses(1001, PULSES));
            List<Captured> first = journal.unsigned((int) SIGNED + 1);
            journal.appendSigned(meter.sign(journal, first), first.getLast().id());
            journal.markSent(900);
            journal.markProven(
                    Stream.of(
                                    TransactionType.GENERATION,
                                    TransactionType.TRANSFER,
                                    TransactionType.METER_EVENT)
                            .map(type -> new SequenceRange(type, 1, 500))
                            .toList());
            before = journal.cursors();
            chain = all(journal, 501);
        }
        assertThat(before.provenSequence()).isEqualTo(500);
    }

    private Journal open() {
        return Journal.open(file, meter.identity(), TestMeter.timeOf(PULSES + 10));
    }

    private static List<SignedTransaction> all(Journal journal, long first) {
        return Stream.of(
                        TransactionType.GENERATION,
                        TransactionType.TRANSFER,
                        TransactionType.METER_EVENT)
                .flatMap(type ->
                        journal
                                .transactions(first, journal.cursors().signedSequence(), type)
                                .stream())
                .sorted((a, b) -> Long.compare(a.content().sequence(), b.content().sequence()))
                .toList();
    }

    private void overwrite(long at, int bytes, Random random) throws IOException {
        byte[] junk = new byte[bytes];
        random.nextBytes(junk);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(junk), at);
        }
    }

    private List<Path> setAside() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.getFileName().toString().contains(".failed-"))
                    .filter(path -> path.toString().endsWith("Z"))
                    .toList();
        }
    }

    /// Changes the file behind the program's back, triggers off, and then breaks a free corner so
    /// that it counts as damaged.
    private void spoil(Consumer<Sql> change) throws IOException {
        try (Database database = Database.open(file, JournalSchema.MIGRATIONS)) {
            database.change(sql -> {
                List<String> triggers =
                        sql.statement("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
                                .list(row -> row.text(1));
                triggers.forEach(name -> {
                    int _ = sql.statement("DROP TRIGGER " + name).run();
                });
                change.accept(sql);
            });
        }
        breakAnIndex();
    }

    /// Damages the index of events: SQLite refuses the file, every table is still readable.
    private void breakAnIndex() throws IOException {
        long page;
        try (Database database = Database.open(file, JournalSchema.MIGRATIONS)) {
            page =
                    database.read(sql ->
                            sql.statement(
                                            "SELECT rootpage FROM sqlite_schema"
                                                    + " WHERE name = 'capture_of_events'")
                                    .number());
        }
        overwrite((page - 1) * 1024, 1024, new Random(1));
    }

    private static int run(Sql sql, String statement) {
        return sql.statement(statement).run();
    }

    @Test
    void aDamagedFileIsSetAsideAndNothingIsMissingWhereEveryRowIsReadable() throws IOException {
        breakAnIndex();
        try (Journal journal = open()) {
            assertThat(setAside()).isNotEmpty();
            String aside = setAside().getFirst().getFileName().toString();
            assertThat(journal.cursors().signedSequence()).isEqualTo(before.signedSequence());
            assertThat(journal.cursors().sentSequence()).isEqualTo(900);
            assertThat(journal.cursors().provenSequence()).isEqualTo(500);
            assertThat(journal.counts().counted()).isEqualTo(PULSES);
            assertThat(all(journal, 501)).isEqualTo(chain);
            List<Captured> unsigned = journal.unsigned(1000);
            assertThat(unsigned).hasSize((int) (PULSES - SIGNED) + 1);
            assertThat(unsigned.getLast())
                    .isInstanceOfSatisfying(
                            Captured.OfEvent.class,
                            event -> {
                                assertThat(event.kind()).isEqualTo(MeterEventKind.STORE_SALVAGED);
                                assertThat(event.detail().b()).isZero();
                                assertThat(event.detail().a()).isGreaterThan(2_700);
                                assertThat(event.detail().text()).isEqualTo(aside);
                            });
            journal.append(TestMeter.pulses(PULSES + 1, PULSES + 1));
            meter.signAll(journal);
            assertThat(journal.check()).isEmpty();
        }
    }

    @Test
    void whatWasSignedAndIsLostIsSignedAgainWithTheSameIds() throws IOException {
        spoil(sql ->
                assertThat(run(sql, "DELETE FROM entry WHERE sequence BETWEEN 700 AND 760"))
                        .isEqualTo(61));
        try (Journal journal = open()) {
            assertThat(journal.cursors().signedSequence()).isEqualTo(699);
            assertThat(journal.cursors().sentSequence()).isEqualTo(699);
            meter.signAll(journal);
            List<SignedTransaction> again = all(journal, 501);
            assertThat(again.subList(0, chain.size()))
                    .extracting(SignedTransaction::id)
                    .isEqualTo(chain.stream().map(SignedTransaction::id).toList());
        }
    }

    @Test
    void aTransactionThatWasChangedIsNotBelieved() throws IOException {
        spoil(sql ->
                assertThat(
                                run(sql, "UPDATE entry SET at_ms = at_ms + 1 WHERE sequence = 650")
                                        + run(
                                                sql,
                                                "UPDATE entry SET signature = zeroblob(64)"
                                                        + " WHERE sequence = 800"))
                        .isEqualTo(2));
        try (Journal journal = open()) {
            assertThat(journal.cursors().signedSequence()).isEqualTo(649);
        }
    }

    @Test
    void lossAmongProvenTransactionsOnlyShortensWhatIsKept() throws IOException {
        spoil(sql ->
                assertThat(run(sql, "DELETE FROM entry WHERE sequence BETWEEN 100 AND 110"))
                        .isEqualTo(11));
        try (Journal journal = open()) {
            assertThat(journal.cursors().prunedSequence()).isEqualTo(111);
            assertThat(journal.cursors().provenSequence()).isEqualTo(500);
            assertThat(journal.counts().proven()).isEqualTo(before.proven());
            assertThat(all(journal, 501)).isEqualTo(chain);
        }
    }

    @Test
    void aPulseWhoseCaptureIsLostIsStillCounted() throws IOException {
        spoil(sql ->
                assertThat(
                                run(sql, "DELETE FROM capture WHERE id BETWEEN 1300 AND 1309")
                                        + run(sql, "DELETE FROM capture WHERE id > 1490"))
                        .isEqualTo(10 + 11));
        try (Journal journal = open()) {
            assertThat(journal.counts().counted()).isEqualTo(PULSES);
            List<Captured> unsigned = journal.unsigned(1000);
            assertThat(unsigned.getLast())
                    .isInstanceOfSatisfying(
                            Captured.OfEvent.class,
                            event -> assertThat(event.detail().b()).isEqualTo(21));
            assertThat(unsigned)
                    .filteredOn(captured -> captured.at().quality() == ClockQuality.UNKNOWN)
                    .hasSize(21);
            assertThat(unsigned.get((int) (1300 - SIGNED - 2)).at().wall())
                    .isEqualTo(TestMeter.timeOf(1309).wall());
            meter.signAll(journal);
            assertThat(journal.counts().signed()).isEqualTo(PULSES);
        }
    }

    @Test
    void withoutItsCursorsAJournalGoesOnFromTheLastPieceOfItsChain() throws IOException {
        spoil(sql -> assertThat(run(sql, "DELETE FROM journal")).isEqualTo(1));
        try (Journal journal = open()) {
            assertThat(journal.cursors().signedSequence()).isEqualTo(before.signedSequence());
            assertThat(journal.counts().sent()).isZero();
            assertThat(journal.counts().counted()).isEqualTo(PULSES);
            assertThat(all(journal, 501)).isEqualTo(chain);
            meter.signAll(journal);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whereverTheDamageIsTheJournalOpensAndItsChainHolds(long seed) throws IOException {
        Random random = new Random(seed);
        for (int n = 0; n < 3; n++) {
            overwrite(2048 + random.nextLong(Files.size(file) - 4096), 1500, random);
        }
        try (Journal journal = open()) {
            JournalCounts counts = journal.counts();
            assertThat(counts.counted()).isBetween(0L, PULSES);
            meter.signAll(journal);
            assertThat(journal.counts().signed()).isEqualTo(journal.counts().counted());
            journal.rewindSent(0);
            assertThat(journal.unsent(Journal.MAX_AT_ONCE, 1 << 24)).isPresent();
            assertThat(journal.check()).isEmpty();
        }
        assertThat(setAside()).isNotEmpty();
    }

    @Test
    void aFileThatIsNoJournalAnyMoreIsReplacedByAnEmptyOneAndKept() throws IOException {
        overwrite(0, 4096, new Random(3));
        try (Journal journal = open()) {
            assertThat(journal.counts().counted()).isZero();
            assertThat(journal.unsigned(10)).hasSize(1);
        }
        assertThat(setAside()).isNotEmpty();
    }

    @Test
    void aSalvageThatWasCutOffBeginsAgainAndAFinishedOneIsTakenOver() throws IOException {
        Files.writeString(directory.resolve("journal.db.salvage"), "cut off");
        breakAnIndex();
        open().close();
        Files.move(file, directory.resolve("journal.db.salvage"));
        try (Journal journal = open()) {
            assertThat(journal.counts().counted()).isEqualTo(PULSES);
        }
        assertThat(directory.resolve("journal.db.salvage")).doesNotExist();
    }

    @Test
    void aDamagedJournalOfAnotherMeterIsLeftAlone() throws IOException {
        breakAnIndex();
        assertThatThrownBy(() ->
                        Journal.open(file, TestMeter.number(2).identity(), TestMeter.reading(0)))
                .isInstanceOf(StoreException.class);
        assertThat(file).exists();
        assertThat(setAside()).isEmpty();
    }
}
