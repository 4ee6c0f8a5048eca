package energy.cryptometer.firmware.status;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.Json;
import energy.cryptometer.firmware.sign.SigningQueue;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.ClockQuality;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// What only the running program knows, written once a second, so that `status` can show it without
/// asking the program. Losing it loses nothing.
///
/// @param at when it was written, by the clock that dates pulses; whether it is fresh is told by
///   boot time, which nobody sets
/// @param problems one line each: what does not work now
public record RuntimeStatus(
        BoardClock.Reading at,
        long processId,
        Key key,
        Source source,
        Queue queue,
        WireTotals wire,
        List<String> problems) {
    /// The signing key.
    ///
    /// @param kind `token` or `trial: software key`
    /// @param description where it is, or why it is not there
    public record Key(String kind, String description) {}

    /// Where the pulses come from.
    ///
    /// @param counts whether its pulses are counted now
    /// @param counters by name, cumulative since it was opened
    public record Source(String line, boolean counts, Map<String, Long> counters) {
        public Source {
            counters = Collections.unmodifiableMap(new TreeMap<>(counters));
        }
    }

    /// What waits for the signer, and how it keeps up.
    ///
    /// @param oldestSeconds age of the oldest pulse that waits; 0 where none does
    /// @param lastSignatureMillis how long the last signature took; 0 before the first
    /// @param pulsesPerTransaction at most so many now; more than 1 only under backlog
    public record Queue(
            long unsigned,
            long oldestSeconds,
            long lastSignatureMillis,
            BigDecimal signaturesPerSecond,
            long pulsesPerTransaction) {
        static Queue of(SigningQueue queue) {
            return new Queue(
                    queue.unsigned(),
                    queue.oldest().orElse(Duration.ZERO).toSeconds(),
                    queue.lastSignature().orElse(Duration.ZERO).toMillis(),
                    queue.transactionsPerSecond(),
                    queue.pulsesPerTransaction());
        }

        Json json() {
            return Json.object()
                    .put("unsigned", unsigned)
                    .put("oldestSeconds", oldestSeconds)
                    .put("lastSignatureMillis", lastSignatureMillis)
                    .put("signaturesPerSecond", signaturesPerSecond)
                    .put("pulsesPerTransaction", pulsesPerTransaction);
        }

        static Queue of(Json json) {
            return new Queue(
                    json.integer("unsigned"),
                    json.integer("oldestSeconds"),
                    json.integer("lastSignatureMillis"),
                    json.decimal("signaturesPerSecond"),
                    json.integer("pulsesPerTransaction"));
        }
    }

    /// UDP payload both ways of all messages a node took, since the first start.
    ///
    /// @param fullBatchBytes the same for messages as full as configured
    public record WireTotals(long bytes, long pulses, long fullBatchBytes, long fullBatchPulses) {
        public static final WireTotals NONE = new WireTotals(0, 0, 0, 0);

        WireTotals plus(WireTotals more) {
            return new WireTotals(
                    bytes + more.bytes,
                    pulses + more.pulses,
                    fullBatchBytes + more.fullBatchBytes,
                    fullBatchPulses + more.fullBatchPulses);
        }
    }

    /// Older than this, the program that wrote it is taken for dead.
    public static final Duration FRESH = Duration.ofSeconds(10);

    private static final int MAX_BYTES = 64 * 1024;

    public RuntimeStatus {
        problems = List.copyOf(problems);
    }

    /// Replaces the file as a whole: a reader sees the old one or the new one.
    public void write(Path file) {
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
    public static Optional<RuntimeStatus> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                return Optional.empty();
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            return Optional.of(of(Json.readObject(text, file.toString())));
        } catch (IOException | CommandFailure | DateTimeException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Whether the program that wrote it runs. Wall time may have been set meanwhile, here or
    /// there.
    public boolean fresh(BoardClock.Reading now) {
        return now.sinceInSameBoot(at).filter(age -> age.abs().compareTo(FRESH) < 0).isPresent()
                && ProcessHandle.of(processId).map(ProcessHandle::isAlive).orElse(false);
    }

    /// Of the last look at the clock: unknown, informative, synchronised.
    public String clockQuality() {
        return at.quality().name().toLowerCase(Locale.ROOT);
    }

    private Json json() {
        Json counters = Json.object();
        source.counters().forEach((name, value) -> counters.put(name, value.longValue()));
        return Json.object()
                .put("writtenAt", at.wall().toString())
                .put("bootId", at.bootId().toString())
                .put("bootNanos", at.bootNanos())
                .put("processId", processId)
                .put("keyKind", key.kind())
                .put("key", key.description())
                .put("clockQuality", clockQuality())
                .put("source", source.line())
                .put("counts", source.counts())
                .put("counters", counters)
                .put("signer", queue.json())
                .put("wireBytes", wire.bytes())
                .put("wirePulses", wire.pulses())
                .put("fullBatchBytes", wire.fullBatchBytes())
                .put("fullBatchPulses", wire.fullBatchPulses())
                .put("problems", problems.stream().map(RuntimeStatus::problem).toList());
    }

    private static Json problem(String line) {
        return Json.object().put("line", line);
    }

    private static RuntimeStatus of(Json json) {
        Json counters = json.object("counters");
        Map<String, Long> counted = new TreeMap<>();
        counters.keys().forEach(name -> counted.put(name, counters.integer(name)));
        return new RuntimeStatus(
                new BoardClock.Reading(
                        json.integer("bootNanos"),
                        UUID.fromString(json.text("bootId")),
                        Instant.parse(json.text("writtenAt")),
                        ClockQuality.valueOf(json.text("clockQuality").toUpperCase(Locale.ROOT))),
                json.integer("processId"),
                new Key(json.text("keyKind"), json.text("key")),
                new Source(json.text("source"), json.bool("counts"), counted),
                Queue.of(json.object("signer")),
                new WireTotals(
                        json.integer("wireBytes"),
                        json.integer("wirePulses"),
                        json.integer("fullBatchBytes"),
                        json.integer("fullBatchPulses")),
                json.objects("problems").stream().map(problem -> problem.text("line")).toList());
    }
}
