package energy.cryptometer.firmware.status;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What only the running program knows, written beside the journal once a second, so that `status`
/// can show it without asking the program. Losing it loses nothing.
///
/// @param keyKind `token` or `trial: software key`
/// @param clockQuality of the last look at the clock: unknown, informative, synchronised
/// @param wireBytes UDP payload both ways of all messages a node took, since the first start
/// @param fullBatchBytes the same for messages as full as configured
/// @param problems one line each: what does not work now
public record RuntimeStatus(
        Instant writtenAt,
        long processId,
        String keyKind,
        String key,
        String clockQuality,
        String source,
        long wireBytes,
        long wirePulses,
        long fullBatchBytes,
        long fullBatchPulses,
        List<String> problems) {
    /// Older than this, the program that wrote it is taken for dead.
    public static final Duration FRESH = Duration.ofSeconds(10);

    private static final int MAX_BYTES = 64 * 1024;

    public RuntimeStatus {
        problems = List.copyOf(problems);
    }

    static Path file(Path journal) {
        return journal.resolveSibling(journal.getFileName() + ".status.json");
    }

    /// Replaces the file as a whole: a reader sees the old one or the new one.
    public void write(Path journal) {
        Path file = file(journal);
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(next, json() + "\n");
            Files.move(
                    next,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("status file " + file + ": " + e.getMessage(), e);
        }
    }

    /// The last one written, if there is any that can be read. A damaged one counts as none: the
    /// journal has everything that matters.
    public static Optional<RuntimeStatus> read(Path journal) {
        Path file = file(journal);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                return Optional.empty();
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            return Optional.of(of(Json.readObject(text, file.toString())));
        } catch (IOException | CommandFailure | DateTimeException _) {
            return Optional.empty();
        }
    }

    public boolean fresh(Instant now) {
        return writtenAt.isAfter(now.minus(FRESH))
                && writtenAt.isBefore(now.plus(FRESH))
                && ProcessHandle.of(processId).map(ProcessHandle::isAlive).orElse(false);
    }

    private Json json() {
        return Json.object()
                .put("writtenAt", writtenAt.toString())
                .put("processId", processId)
                .put("keyKind", keyKind)
                .put("key", key)
                .put("clockQuality", clockQuality)
                .put("source", source)
                .put("wireBytes", wireBytes)
                .put("wirePulses", wirePulses)
                .put("fullBatchBytes", fullBatchBytes)
                .put("fullBatchPulses", fullBatchPulses)
                .put("problems", problems.stream().map(RuntimeStatus::problem).toList());
    }

    private static Json problem(String line) {
        return Json.object().put("line", line);
    }

    private static RuntimeStatus of(Json json) {
        return new RuntimeStatus(
                Instant.parse(json.text("writtenAt")),
                json.integer("processId"),
                json.text("keyKind"),
                json.text("key"),
                json.text("clockQuality"),
                json.text("source"),
                json.integer("wireBytes"),
                json.integer("wirePulses"),
                json.integer("fullBatchBytes"),
                json.integer("fullBatchPulses"),
                json.objects("problems").stream().map(problem -> problem.text("line")).toList());
    }
}
