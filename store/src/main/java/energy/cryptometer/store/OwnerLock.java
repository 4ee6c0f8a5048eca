package energy.cryptometer.store;

import energy.cryptometer.store.StoreException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Exactly one program owns a store: an operating-system lock on `FILE.lock`, which holds the
/// owner's process id. The kernel drops it when the process dies, however it dies; the file stays.
final class OwnerLock implements AutoCloseable {
    /// POSIX drops all locks of a process on a file when it closes *any* descriptor of it, so a
    /// second opening inside this process must be refused before it touches the lock file.
    private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

    private static final int MAX_PID_BYTES = 20;

    private final Path key;
    private final FileChannel channel;

    private OwnerLock(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /// Takes the lock or throws [Reason#LOCKED] with the owner's process id.
    static OwnerLock take(Path file, SqlErrors errors) {
        try {
            Path name = file.toAbsolutePath();
            Path directory = name.getParent();
            if (directory == null || !Files.isDirectory(directory)) {
                throw errors.refused(
                        Reason.IO, "its directory does not exist; create " + directory);
            }
            Path key = directory.toRealPath().resolve(file.getFileName() + ".lock");
            if (!HERE.add(key)) {
                throw inUse(errors, "this very program");
            }
            return lock(key, errors);
        } catch (IOException e) {
            throw errors.of(e);
        }
    }

    @SuppressWarnings("resource") // the channel lives in the lock that is returned
    private static OwnerLock lock(Path key, SqlErrors errors) {
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            key,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(errors, "another program (pid " + pid(channel) + ")");
            }
            writePid(channel);
            return new OwnerLock(key, channel);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                closeQuietly(channel);
            }
            HERE.remove(key);
            throw e instanceof IOException io ? errors.of(io) : (RuntimeException) e;
        }
    }

    private static StoreException inUse(SqlErrors errors, String who) {
        return errors.refused(Reason.LOCKED, "in use by " + who + "; stop it first");
    }

    private static String pid(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_PID_BYTES);
        channel.read(text, 0);
        String pid =
                new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return pid.matches("[0-9]+") ? pid : "unknown";
    }

    /// The process id is only for the message of the one who comes second: a full disk may lose it.
    private static void writePid(FileChannel channel) {
        try {
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid), 0);
        } catch (IOException e) {
            System.getLogger(OwnerLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "process id not written: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
        HERE.remove(key);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(OwnerLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "lock file not closed: " + e.getMessage());
        }
    }
}
