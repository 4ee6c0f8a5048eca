package energy.cryptometer.firmware.status;

import energy.cryptometer.command.Json;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Space on a file system that holds journals.
///
/// @param place a folder on it
/// @param freeBytes what this program may still use
/// @param totalBytes how large it is; 0 where it cannot be looked at
public record Disk(Path place, long freeBytes, long totalBytes) {
    private static final long MEBIBYTE = 1 << 20;

    /// Less than this is a problem on any disk.
    private static final long LEAST_FREE = 16 * MEBIBYTE;

    private static final int LEAST_PERCENT = 10;

    /// The file systems of these files, each once.
    public static List<Disk> of(List<Path> files) {
        Map<String, Disk> found = new LinkedHashMap<>();
        for (Path file : files) {
            Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
            try {
                FileStore store = Files.getFileStore(folder);
                found.putIfAbsent(
                        store.toString(),
                        new Disk(folder, store.getUsableSpace(), store.getTotalSpace()));
            } catch (IOException _) {
                found.putIfAbsent(folder.toString(), new Disk(folder, 0, 0));
            }
        }
        return List.copyOf(found.values());
    }

    String line() {
        return "%d MiB of %d MiB free at %s"
                .formatted(freeBytes / MEBIBYTE, totalBytes / MEBIBYTE, place);
    }

    Optional<String> problem() {
        if (totalBytes == 0) {
            return Optional.of("disk: %s cannot be looked at: is it mounted?".formatted(place));
        }
        boolean tight = freeBytes < LEAST_FREE || freeBytes < totalBytes / 100 * LEAST_PERCENT;
        return tight
                ? Optional.of(
                        "disk: "
                                + line()
                                + "; when it is full, pulses wait in memory: free or enlarge it")
                : Optional.empty();
    }

    Json json() {
        return Json.object()
                .put("place", place.toString())
                .put("freeBytes", freeBytes)
                .put("totalBytes", totalBytes);
    }
}
