package energy.cryptometer.firmware.journal;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.store.Database;
import energy.cryptometer.store.StoreException;
import energy.cryptometer.store.StoreException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Opens a journal file. A damaged one is first salvaged into `FILE.salvage`, then set aside, and
/// only then does the salvaged one take its name: whenever the power fails, the next start finds
/// either the damaged file or a complete salvaged one.
final class JournalFile {
    private JournalFile() {}

    static Journal open(Path file, JournalIdentity identity, BoardClock.Reading now) {
        Path salvaged = file.resolveSibling(file.getFileName() + ".salvage");
        if (!Files.exists(file) && Files.exists(salvaged)) {
            takeOver(salvaged, file);
        }
        try {
            return ready(file, identity);
        } catch (StoreException e) {
            if (e.reason() != Reason.CORRUPT) {
                throw e;
            }
        }
        discard(salvaged);
        try (Database fresh = Database.open(salvaged, JournalSchema.MIGRATIONS)) {
            JournalSalvage.rescue(file, fresh, identity, now);
        }
        Path _ = Database.quarantine(file, now.wall());
        takeOver(salvaged, file);
        return ready(file, identity);
    }

    private static Journal ready(Path file, JournalIdentity identity) {
        Database database = Database.open(file, JournalSchema.MIGRATIONS);
        try {
            database.change(sql ->
                    CursorRow.Owner.find(sql)
                            .ifPresentOrElse(
                                    owner -> owner.require(identity, file),
                                    () ->
                                            CursorRow.insert(
                                                    sql,
                                                    CursorRow.Owner.of(identity),
                                                    0,
                                                    JournalCursors.START)));
            return new Journal(database, identity);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /// Gives a finished journal its name. Opening and closing it once empties its write-ahead log.
    private static void takeOver(Path salvaged, Path file) {
        Database.open(salvaged, JournalSchema.MIGRATIONS).close();
        try {
            Files.move(salvaged, file, StandardCopyOption.ATOMIC_MOVE);
            Path directory = file.toAbsolutePath().resolveSibling(".");
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "journal %s: cannot be put in place of the damaged one".formatted(salvaged), e);
        }
    }

    /// Removes what a salvage that was cut off has left; the damaged file still has everything.
    private static void discard(Path salvaged) {
        try {
            for (String part : List.of("", "-wal", "-shm")) {
                boolean _ =
                        Files.deleteIfExists(
                                salvaged.resolveSibling(salvaged.getFileName() + part));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "journal %s: cannot be removed; remove it by hand".formatted(salvaged), e);
        }
    }
}
