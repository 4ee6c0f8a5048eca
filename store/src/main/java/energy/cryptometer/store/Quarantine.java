package energy.cryptometer.store;

import energy.cryptometer.store.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// Sets a failed store aside, never deletes it: the file and its -wal and -shm get the name
/// `FILE.failed-20261122T101500Z` under which SQLite still finds all three.
final class Quarantine {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final List<String> PARTS = List.of("", "-wal", "-shm");
    private static final int MAX_PER_SECOND = 100;

    private Quarantine() {}

    /// The new name of the main file. Nobody may own the store meanwhile.
    static Path setAside(Path file, Instant now) {
        SqlErrors errors = new SqlErrors(file);
        try (OwnerLock _ = OwnerLock.take(file, errors)) {
            if (!Files.exists(file)) {
                throw errors.refused(Reason.IO, "is not there, so it cannot be set aside");
            }
            Path aside = freeName(file, STAMP.format(now), errors);
            rename(file, aside);
            sync(file.toAbsolutePath().resolveSibling("."));
            return aside;
        } catch (IOException e) {
            throw errors.of(e);
        }
    }

    private static Path freeName(Path file, String stamp, SqlErrors errors) {
        for (int n = 1; n <= MAX_PER_SECOND; n++) {
            String number = n == 1 ? "" : "-" + n;
            Path name = file.resolveSibling(file.getFileName() + ".failed-" + stamp + number);
            if (PARTS.stream().noneMatch(part -> Files.exists(part(name, part)))) {
                return name;
            }
        }
        throw errors.refused(
                Reason.IO, MAX_PER_SECOND + " files are set aside as " + stamp + "; move them");
    }

    /// First a second name for each part, then the first names go: a power cut in between leaves
    /// every byte under at least one name, and the log never parted from its file.
    private static void rename(Path file, Path aside) throws IOException {
        List<Path> linked = new ArrayList<>();
        for (String part : PARTS) {
            Path from = part(file, part);
            if (!Files.exists(from)) {
                continue;
            }
            if (link(from, part(aside, part))) {
                linked.add(from);
            } else {
                Files.move(from, part(aside, part));
            }
        }
        sync(file.toAbsolutePath().resolveSibling("."));
        for (Path name : linked) {
            Files.delete(name);
        }
    }

    private static boolean link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
            return true;
        } catch (UnsupportedOperationException | IOException e) {
            if (Files.exists(to)) {
                throw new IOException(to + " exists", e);
            }
            return false; // a file system without hard links, such as FAT
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path part(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
