package energy.cryptometer.store;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Makes a commit durable: syncs the data of the write-ahead log, and nothing else.
///
/// The SQLite of the driver knows only `fsync`, which also writes the time of the last change: on
/// ext4 a commit of the file system's own journal, 8 to 12 kB for each pulse. `fdatasync` leaves
/// that out. What SQLite itself syncs (`synchronous=NORMAL`) is the log's header and everything
/// about a checkpoint.
///
/// Of Java's channels only this kind survives that its thread is interrupted while it syncs.
final class LogSync implements AutoCloseable {
    private final AsynchronousFileChannel log;
    private final SqlErrors errors;

    private LogSync(AsynchronousFileChannel log, SqlErrors errors) {
        this.log = log;
        this.errors = errors;
    }

    /// The log of a store that has a connection: as long as that is open, the log keeps its place.
    static LogSync of(Path store, SqlErrors errors) {
        try {
            Path log = store.resolveSibling(store.getFileName() + "-wal");
            return new LogSync(AsynchronousFileChannel.open(log, StandardOpenOption.WRITE), errors);
        } catch (IOException e) {
            throw errors.of(e);
        }
    }

    /// Everything committed so far is on the disk when this returns.
    void sync() {
        try {
            log.force(false);
        } catch (IOException e) {
            throw errors.of(e);
        }
    }

    @Override
    public void close() {
        try {
            log.close();
        } catch (IOException e) {
            System.getLogger(LogSync.class.getName())
                    .log(System.Logger.Level.DEBUG, "log not closed: " + e.getMessage());
        }
    }
}
