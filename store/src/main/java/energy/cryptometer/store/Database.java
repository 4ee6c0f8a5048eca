package energy.cryptometer.store;

import energy.cryptometer.store.StoreException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One SQLite file, owned by one program. Safe to use from many threads: one writes at a time, one
/// reads at a time, and a reader never waits for a writer's sync.
///
/// All methods throw [StoreException] when the disk or the file fails. After an I/O error the
/// connections are closed and the change counts as failed, even though it may turn up later: a sync
/// that failed once is never trusted again. The next call opens the file anew and empties the
/// write-ahead log first, so that nothing acknowledged later stands behind bytes that never reached
/// the disk.
public final class Database implements AutoCloseable {
    private static final int MAX_FINDINGS = 100;

    private final Path file;
    private final @Nullable OwnerLock owner;
    private final Opening opening;
    private final Lane writer;
    private final Lane reader;

    private Database(Path file, @Nullable OwnerLock owner, Opening opening) {
        this.file = file;
        this.owner = owner;
        this.opening = opening;
        this.writer = new Lane();
        this.reader = new Lane();
    }

    /// Opens the store for its one owner, makes it if it is not there, checks it and brings its
    /// schema up to date.
    public static Database open(Path file, Migrations migrations) {
        SqlErrors errors = new SqlErrors(file);
        OwnerLock owner = OwnerLock.take(file, errors);
        Database database = new Database(file, owner, new Opening(migrations, errors));
        try {
            SqliteConnection connection = SqliteConnection.open(file, false, errors);
            database.writer.connection = connection;
            database.opening.prepare(connection);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /// Opens a store for reading while its owner may be running: for a status line or an export.
    /// Takes no lock. Keep reads short: the write-ahead log cannot shrink below an open one.
    public static Database openReadOnly(Path file, Migrations migrations) {
        Opening opening = new Opening(migrations, new SqlErrors(file));
        if (!Files.exists(file)) {
            throw opening.errors().refused(Reason.IO, "is not there; start its program once");
        }
        Database database = new Database(file, null, opening);
        try {
            database.reader.connection = database.connect(true);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /// Sets a failed store aside and says where it is now: see [Quarantine].
    public static Path quarantine(Path file, Instant now) {
        return Quarantine.setAside(file, now);
    }

    /// The file itself.
    public Path file() {
        return file;
    }

    /// Reads from one unchanging state of the store. The [Sql] handed out here and by [#write] ends
    /// with the work and refuses to be used later.
    public <T> T read(Function<Sql, T> work) {
        if (writer.lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a read inside a write: use the Sql of the write");
        }
        return inTransaction(reader, "BEGIN", false, work);
    }

    /// Changes the store in one transaction; when this returns, the change is on the disk. Any
    /// exception undoes all of it.
    public <T> T write(Function<Sql, T> work) {
        return inTransaction(writer(), "BEGIN IMMEDIATE", true, work);
    }

    private Lane writer() {
        if (owner == null) {
            throw new IllegalStateException(file + " is open for reading only");
        }
        return writer;
    }

    /// The same as [#write] where there is nothing to return.
    public void change(Consumer<Sql> action) {
        boolean _ =
                write(sql -> {
                    action.accept(sql);
                    return true;
                });
    }

    /// Changes the store in one transaction that is on the disk only after the next [#write],
    /// [#change] or [#sync]: for what can be done again. It survives a killed program; a power cut
    /// may undo it, and then also everything that was changed after it.
    public void changeLater(Consumer<Sql> action) {
        boolean _ =
                inTransaction(
                        writer(),
                        "BEGIN IMMEDIATE",
                        false,
                        sql -> {
                            action.accept(sql);
                            return true;
                        });
    }

    /// Everything changed so far is on the disk when this returns. Costs nothing where it is
    /// already.
    public void sync() {
        Lane lane = writer();
        lane.lock.lock();
        try {
            if (lane.unsynced) {
                SqliteConnection _ = connected(lane);
                lane.sync(file, opening.errors());
            }
        } catch (StoreException e) {
            lane.disconnect();
            throw e;
        } finally {
            lane.lock.unlock();
        }
    }

    /// Checks every page, index and foreign key and lists what is wrong, at most 100 findings.
    /// Reads the whole file; an empty list is a clean bill of health.
    public List<String> check() {
        return read(sql -> {
            List<String> findings = new ArrayList<>();
            sql.statement("PRAGMA integrity_check(" + MAX_FINDINGS + ")")
                    .each(row -> findings.add(row.text(1)));
            findings.removeIf("ok"::equals);
            if (findings.isEmpty()) {
                sql.statement("SELECT \"table\", parent FROM pragma_foreign_key_check")
                        .each(row -> findings.add(orphan(row)));
            }
            return List.copyOf(findings.subList(0, Math.min(findings.size(), MAX_FINDINGS)));
        });
    }

    private static String orphan(Row row) {
        return "a row of " + row.text(1) + " has no parent in " + row.text(2);
    }

    /// Copies the write-ahead log into the file, as before a planned end of power.
    public void checkpoint() {
        writer.lock.lock();
        try {
            checkpoint(connected(writer));
        } finally {
            writer.lock.unlock();
        }
    }

    private <T> T inTransaction(Lane lane, String begin, boolean durable, Function<Sql, T> work) {
        if (lane.lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a transaction inside a transaction");
        }
        lane.lock.lock();
        try {
            SqliteConnection connection = connected(lane);
            try {
                T result = transact(connection, begin, work);
                lane.unsynced |= lane == writer;
                if (durable) {
                    lane.sync(file, opening.errors());
                }
                return result;
            } catch (StoreException e) {
                if (e.reason() == Reason.IO) {
                    lane.disconnect();
                }
                throw e;
            }
        } finally {
            lane.lock.unlock();
        }
    }

    private static <T> T transact(
            SqliteConnection connection, String begin, Function<Sql, T> work) {
        Sql sql = new Sql(connection);
        connection.execute(begin);
        try {
            T result = work.apply(sql);
            sql.end();
            connection.execute("COMMIT");
            return result;
        } catch (RuntimeException | Error e) {
            sql.end();
            connection.rollback();
            throw e;
        }
    }

    private SqliteConnection connected(Lane lane) {
        if (lane.closed) {
            throw new IllegalStateException(file + " is closed");
        }
        SqliteConnection connection = lane.connection;
        if (connection == null) {
            connection = connect(lane == reader);
            lane.connection = connection;
        }
        return connection;
    }

    private SqliteConnection connect(boolean readOnly) {
        SqliteConnection fresh = SqliteConnection.open(file, readOnly, opening.errors());
        try {
            if (readOnly) {
                opening.look(fresh);
            } else {
                opening.prepare(fresh);
                checkpoint(fresh);
            }
            return fresh;
        } catch (RuntimeException e) {
            fresh.close();
            throw e;
        }
    }

    private void checkpoint(SqliteConnection connection) {
        String busy = connection.pragma("wal_checkpoint(TRUNCATE)").orElse("1");
        if (!busy.equals("0")) {
            throw opening.errors()
                    .refused(
                            Reason.LOCKED,
                            "a reader keeps the write-ahead log busy; let it finish, then try"
                                    + " again");
        }
    }

    /// Waits for running work, closes the file and gives it free for the next owner.
    @Override
    public void close() {
        reader.close();
        writer.close();
        if (owner != null) {
            owner.close();
        }
    }

    /// One connection with the lock that lets one thread at a time use it.
    private static final class Lane {
        final ReentrantLock lock = new ReentrantLock();
        @Nullable SqliteConnection connection;
        @Nullable LogSync log;

        /// Whether a commit may not be on the disk yet.
        boolean unsynced;

        boolean closed;

        void close() {
            lock.lock();
            try {
                closed = true;
                disconnect();
            } finally {
                lock.unlock();
            }
        }

        /// Makes all commits durable.
        void sync(Path file, SqlErrors errors) {
            LogSync open = log;
            if (open == null) {
                open = LogSync.of(file, errors);
                log = open;
            }
            open.sync();
            unsynced = false;
        }

        void disconnect() {
            if (log != null) {
                log.close();
            }
            log = null;
            if (connection != null) {
                connection.close();
            }
            connection = null;
        }
    }
}
