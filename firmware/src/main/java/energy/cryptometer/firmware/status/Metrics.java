package energy.cryptometer.firmware.status;

import energy.cryptometer.hal.clock.ClockQuality;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// Meters and board in the text format of Prometheus (version 0.0.4). There is no port to ask: the
/// text is written to a file, which the textfile collector of a node exporter takes, or printed by
/// `cryptometer metrics`.
public final class Metrics {
    private static final String METER = "meter";
    private static final double MILLIS_PER_SECOND = 1_000;

    private Metrics() {}

    /// The text: every series has the label `meter`, the serial number on the plate.
    public static String text(List<MeterStatus> meters, BoardHealth board) {
        List<MetricSnapshot> all = new ArrayList<>(ofMeters(meters));
        all.addAll(ofBoard(board));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, new MetricSnapshots(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// Replaces the file as a whole: a reader sees the old text or the new one.
    ///
    /// @throws IOException if it cannot be written
    public static void write(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<MetricSnapshot> ofMeters(List<MeterStatus> meters) {
        return List.of(
                counter(
                        "cryptometer_pulses_counted",
                        "Pulses that are durable in the journal.",
                        meters,
                        status -> status.counts().counted()),
                counter(
                        "cryptometer_pulses_signed",
                        "Pulses that are signed.",
                        meters,
                        status -> status.counts().signed()),
                counter(
                        "cryptometer_pulses_sent",
                        "Pulses that a node has acknowledged.",
                        meters,
                        status -> status.counts().sent()),
                counter(
                        "cryptometer_pulses_proven",
                        "Pulses that are proven to stand in a certified block.",
                        meters,
                        status -> status.counts().proven()),
                counter(
                        "cryptometer_starts",
                        "How often the program has started.",
                        meters,
                        MeterStatus::starts),
                gauge(
                        "cryptometer_oldest_unproven_seconds",
                        "Age of the oldest pulse that is not proven; 0 if there is none.",
                        meters,
                        MeterStatus::oldestUnprovenSeconds),
                gauge(
                        "cryptometer_running",
                        "1 while the program runs.",
                        meters,
                        status -> status.running() ? 1 : 0),
                gauge(
                        "cryptometer_problems",
                        "What does not work now; 'cryptometer status' names it.",
                        meters,
                        status -> status.problems().size()),
                queue(
                        "cryptometer_signer_queue_pulses",
                        "Pulses that wait to be signed.",
                        meters,
                        RuntimeStatus.Queue::unsigned),
                queue(
                        "cryptometer_signer_queue_oldest_seconds",
                        "Age of the oldest pulse that waits to be signed.",
                        meters,
                        RuntimeStatus.Queue::oldestSeconds),
                queue(
                        "cryptometer_last_signature_seconds",
                        "How long the last signature took.",
                        meters,
                        queue -> queue.lastSignatureMillis() / MILLIS_PER_SECOND),
                sources(meters));
    }

    private static MetricSnapshot counter(
            String name, String help, List<MeterStatus> meters, ToLongFunction<MeterStatus> value) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        meters.forEach(status ->
                counter.dataPoint(
                        CounterSnapshot.CounterDataPointSnapshot.builder()
                                .value((double) value.applyAsLong(status))
                                .labels(Labels.of(METER, status.serial()))
                                .build()));
        return counter.build();
    }

    private static MetricSnapshot gauge(
            String name, String help, List<MeterStatus> meters, ToLongFunction<MeterStatus> value) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        meters.forEach(status ->
                gauge.dataPoint(
                        point(
                                (double) value.applyAsLong(status),
                                Labels.of(METER, status.serial()))));
        return gauge.build();
    }

    private static MetricSnapshot queue(
            String name,
            String help,
            List<MeterStatus> meters,
            ToDoubleFunction<RuntimeStatus.Queue> value) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        for (MeterStatus status : meters) {
            running(status)
                    .map(RuntimeStatus::queue)
                    .ifPresent(queue ->
                            gauge.dataPoint(
                                    point(
                                            value.applyAsDouble(queue),
                                            Labels.of(METER, status.serial()))));
        }
        return gauge.build();
    }

    /// What a program that is gone last said of itself is no measurement any more.
    private static Optional<RuntimeStatus> running(MeterStatus status) {
        return status.running() ? status.runtime() : Optional.empty();
    }

    /// What an input or a line tells of itself differs from source to source.
    private static MetricSnapshot sources(List<MeterStatus> meters) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder()
                        .name("cryptometer_source")
                        .help(
                                "What the source counts of itself, histograms of it, too; all begin at 0 when the program starts.");
        for (MeterStatus status : meters) {
            Map<String, Long> counters =
                    running(status)
                            .map(RuntimeStatus::source)
                            .map(RuntimeStatus.Source::counters)
                            .orElse(Map.of());
            counters.forEach((name, value) ->
                    gauge.dataPoint(
                            point(
                                    value.doubleValue(),
                                    Labels.of(METER, status.serial(), "counter", name))));
        }
        return gauge.build();
    }

    private static List<MetricSnapshot> ofBoard(BoardHealth board) {
        GaugeSnapshot.Builder free =
                GaugeSnapshot.builder()
                        .name("cryptometer_disk_free_bytes")
                        .help("Space that journals may still use.");
        for (Disk disk : board.disks()) {
            free.dataPoint(
                    point((double) disk.freeBytes(), Labels.of("place", disk.place().toString())));
        }
        return List.of(
                single(
                        "cryptometer_clock_quality",
                        "0 never set, 1 set, 2 disciplined by a time service.",
                        number(board.clock().quality())),
                single(
                        "cryptometer_supply_too_low",
                        "1 while the board says that its supply is too low.",
                        board.supplyTooLow() ? 1 : 0),
                free.build());
    }

    private static long number(ClockQuality quality) {
        return switch (quality) {
            case UNKNOWN -> 0;
            case INFORMATIVE -> 1;
            case SYNCHRONISED -> 2;
        };
    }

    private static MetricSnapshot single(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(point((double) value, Labels.EMPTY))
                .build();
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot point(double value, Labels labels) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
    }
}
