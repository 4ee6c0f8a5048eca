package energy.cryptometer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.store.StoreException.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTest {
    @TempDir private Path directory;
    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(directory.resolve("journal.db"), Journal.ALL);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "journal_mode, wal",
        "synchronous, 1",
        "foreign_keys, 1",
        "busy_timeout, 5000",
        "trusted_schema, 0",
        "cell_size_check, 1",
        "page_size, 1024",
        "wal_autocheckpoint, 4096",
        "journal_size_limit, 8388608",
        "application_id, 1413829460",
        "user_version, 2"
    })
    void theOwnersConnectionRunsWithDurableSettings(String pragma, String value) {
        String actual =
                database.write(sql -> sql.statement("PRAGMA " + pragma).first(row -> row.text(1)))
                        .orElseThrow();
        assertThat(actual).isEqualTo(value);
    }

    @Test
    void whatWasWrittenIsThereAfterOpeningAgain() {
        Journal.fill(database, 1, 100);
        database.close();
        open();
        assertThat(Journal.count(database)).isEqualTo(100);
        assertThat(database.check()).isEmpty();
        byte[] payload =
                database.read(sql ->
                                sql.statement("SELECT payload FROM pulse WHERE sequence = ?")
                                        .bind(77)
                                        .first(row -> row.bytes(1)))
                        .orElseThrow();
        assertThat(payload).isEqualTo(Journal.payload(77));
    }

    @Test
    void anExceptionUndoesTheWholeTransaction() {
        assertThatThrownBy(() ->
                        database.change(sql -> {
                            Journal.insert(sql, 1);
                            throw new IllegalArgumentException("second thoughts");
                        }))
                .hasMessage("second thoughts");
        assertThat(Journal.count(database)).isZero();
        Journal.fill(database, 1, 1);
        assertThat(Journal.count(database)).isEqualTo(1);
    }

    @Test
    void aRowTwiceBreaksAConstraintAndUndoesTheTransaction() {
        Journal.fill(database, 1, 1);
        assertThatThrownBy(() -> Journal.fill(database, 0, 1))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CONSTRAINT))
                .hasMessageContaining("pulse.sequence");
        assertThat(Journal.sequences(database)).containsExactly(1L);
    }

    @Test
    void foreignKeysHold() {
        assertThatThrownBy(() ->
                        database.write(sql ->
                                sql.statement("INSERT INTO photo VALUES (9, ?)")
                                        .bind(new byte[1])
                                        .run()))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CONSTRAINT));
    }

    @Test
    void emptyBytesStayEmptyBytesAndNullStaysNull() {
        database.change(sql -> {
            int _ =
                    sql.statement("INSERT INTO pulse VALUES (?, ?, ?)")
                            .bind(1)
                            .bind(new byte[0])
                            .bindNull()
                            .run();
        });
        List<Object> row =
                database.read(sql ->
                                sql.statement("SELECT payload, note FROM pulse")
                                        .first(r ->
                                                List.<Object>of(
                                                        r.bytes(1).length,
                                                        r.isNull(1),
                                                        r.isNull(2))))
                        .orElseThrow();
        assertThat(row).containsExactly(0, false, true);
    }

    @Test
    void aNullWhereNoneWasExpectedIsABug() {
        assertThatThrownBy(() ->
                        database.read(
                                sql -> sql.statement("SELECT max(sequence) FROM pulse").number()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("column 1 is NULL");
    }

    @Test
    void wrongSqlAndForgottenValuesAreBugs() {
        assertThatThrownBy(() -> database.read(sql -> sql.statement("SELEC 1").number()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SQL is wrong");
        assertThatThrownBy(() -> database.read(sql -> sql.statement("SELECT ?").number()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bound 0 of 1 values");
    }

    @Test
    void aReadCannotWrite() {
        assertThatThrownBy(() -> database.read(sql -> sql.statement("DELETE FROM pulse").run()))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.READ_ONLY));
    }

    @Test
    void transactionsDoNotNestAndASessionDiesWithItsTransaction() {
        assertThatThrownBy(() -> database.change(_ -> database.change(_ -> {})))
                .hasMessageContaining("inside a transaction");
        assertThatThrownBy(() -> database.change(_ -> Journal.count(database)))
                .hasMessageContaining("a read inside a write");
        Sql escaped = database.read(sql -> sql);
        assertThatThrownBy(() -> escaped.statement("SELECT 1"))
                .hasMessageContaining("the transaction has ended");
    }

    @Test
    void theSameStatementCanRunWhileItsTwinIsStillGivingRows() {
        Journal.fill(database, 1, 3);
        String select = "SELECT sequence FROM pulse ORDER BY sequence";
        List<Long> seen = new ArrayList<>();
        boolean _ =
                database.read(sql -> {
                    sql.statement(select)
                            .each(row -> {
                                seen.add(row.number(1));
                                seen.addAll(sql.statement(select).list(r -> r.number(1)));
                            });
                    return true;
                });
        assertThat(seen).containsExactly(1L, 1L, 2L, 3L, 2L, 1L, 2L, 3L, 3L, 1L, 2L, 3L);
    }

    @Test
    void aReaderSeesTheLastStateWhileAWriterIsAtWork()
            throws ExecutionException, InterruptedException {
        Journal.fill(database, 1, 1);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> writing =
                    threads.submit(() ->
                            database.change(sql -> {
                                Journal.insert(sql, 2);
                                written.countDown();
                                await(looked);
                            }));
            await(written);
            assertThat(Journal.count(database)).isEqualTo(1);
            looked.countDown();
            writing.get();
        }
        assertThat(Journal.count(database)).isEqualTo(2);
    }

    @Test
    void manyThreadsWriteWithoutLosingARow() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int n = 1; n <= 100; n++) {
                long sequence = n;
                all.add(threads.submit(() -> Journal.fill(database, sequence, sequence)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(Journal.count(database)).isEqualTo(100);
    }

    @Test
    void aSecondReaderLooksOnWhileTheOwnerWrites() {
        Journal.fill(database, 1, 5);
        try (Database reader = Database.openReadOnly(database.file(), Journal.ALL)) {
            assertThat(Journal.count(reader)).isEqualTo(5);
            Journal.fill(database, 6, 7);
            assertThat(Journal.count(reader)).isEqualTo(7);
            assertThatThrownBy(() -> Journal.fill(reader, 8, 8))
                    .hasMessageContaining("open for reading only");
        }
        Journal.fill(database, 8, 8);
        database.checkpoint();
        database.close();
        try (Database reader = Database.openReadOnly(database.file(), Journal.ALL)) {
            assertThat(Journal.count(reader)).isEqualTo(8);
        }
    }

    @Test
    void aClosedStoreSaysSo() {
        database.close();
        assertThatThrownBy(() -> Journal.count(database)).hasMessageContaining("is closed");
        database.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
