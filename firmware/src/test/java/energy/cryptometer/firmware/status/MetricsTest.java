package energy.cryptometer.firmware.status;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.firmware.journal.JournalCounts;
import energy.cryptometer.hal.board.TimeService;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final SimulatedClock CLOCK = SimulatedClock.startingAt(NOON);
    private static final long NOBODY = Long.MAX_VALUE;

    private static MeterStatus meter(String serial, long counted) {
        return meter(serial, counted, ProcessHandle.current().pid());
    }

    private static MeterStatus meter(String serial, long counted, long processId) {
        RuntimeStatus runtime =
                new RuntimeStatus(
                        CLOCK.read(),
                        processId,
                        new RuntimeStatus.Key("token", "meter-key"),
                        new RuntimeStatus.Source("counts", true, Map.of("edges", 2 * counted)),
                        new RuntimeStatus.Queue(3, 12, 200, new BigDecimal("4.9"), 5),
                        RuntimeStatus.WireTotals.NONE,
                        List.of());
        return new MeterStatus(
                new AccountId(Hash.sha256(new byte[] {1})),
                serial,
                new PulseConstant(1000),
                4,
                new JournalCounts(counted, 5, 4, 2, Optional.of(NOON.minusSeconds(90))),
                Hash.ZERO,
                Optional.of(runtime),
                CLOCK.read());
    }

    private static String text(MeterStatus... meters) {
        BoardHealth board =
                new BoardHealth(
                        CLOCK.read(),
                        new TimeService(Optional.empty(), Optional.empty()),
                        false,
                        List.of(new Disk(Path.of("/var/lib/cryptometer"), 1000, 4000)));
        return Metrics.text(List.of(meters), board);
    }

    @Test
    void everyMeterHasASeriesOfEachOfTheFourNumbers() {
        assertThat(text(meter("4711", 7), meter("4712", 3_000_000_000L)).lines())
                .contains(
                        "# TYPE cryptometer_pulses_counted_total counter",
                        "cryptometer_pulses_counted_total{meter=\"4711\"} 7.0",
                        "cryptometer_pulses_counted_total{meter=\"4712\"} 3.0E9",
                        "cryptometer_pulses_signed_total{meter=\"4711\"} 5.0",
                        "cryptometer_pulses_sent_total{meter=\"4711\"} 4.0",
                        "cryptometer_pulses_proven_total{meter=\"4711\"} 2.0",
                        "cryptometer_starts_total{meter=\"4711\"} 4.0",
                        "cryptometer_oldest_unproven_seconds{meter=\"4711\"} 90.0",
                        "cryptometer_source{counter=\"edges\",meter=\"4711\"} 14.0",
                        "cryptometer_signer_queue_pulses{meter=\"4711\"} 3.0",
                        "cryptometer_signer_queue_oldest_seconds{meter=\"4711\"} 12.0",
                        "cryptometer_last_signature_seconds{meter=\"4711\"} 0.2",
                        "cryptometer_clock_quality 2.0",
                        "cryptometer_supply_too_low 0.0",
                        "cryptometer_disk_free_bytes{place=\"/var/lib/cryptometer\"} 1000.0");
    }

    @Test
    void aProgramThatIsGoneMeasuresNothingAnyMore() {
        String text = text(meter("4711", 7, NOBODY));
        assertThat(text)
                .contains("cryptometer_pulses_counted_total{meter=\"4711\"} 7.0")
                .contains("cryptometer_running{meter=\"4711\"} 0.0")
                .doesNotContain("cryptometer_signer_queue", "cryptometer_source");
    }

    /// What `promtool check metrics` asks for.
    @Test
    void everySeriesIsExplainedTypedAndInBaseUnits() {
        Map<String, String> types = new HashMap<>();
        Set<String> explained = new HashSet<>();
        for (String line : text(meter("4711", 7), meter("4712", 8)).lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                assertThat(explained.add(words[2])).as(line).isTrue();
                assertThat(words[3]).as(line).isNotBlank();
            } else if (line.startsWith("# TYPE ")) {
                assertThat(types.put(words[2], words[3])).as(line).isNull();
            } else {
                String name = line.split("[{ ]", 2)[0];
                assertThat(name)
                        .matches("cryptometer_[a-z_]+")
                        .doesNotContainPattern("milli|minute|hour|kilo|mega|percent");
                assertThat(explained).contains(name);
                assertThat(types).containsKey(name);
                assertThat("counter".equals(types.get(name)))
                        .as(name)
                        .isEqualTo(name.endsWith("_total"));
            }
        }
        assertThat(types.keySet()).isEqualTo(explained).hasSizeGreaterThan(10);
    }

    @Test
    void aSerialNumberWithQuotesCannotBreakOutOfItsLabel() {
        assertThat(text(meter("4\"} 1\n", 7)))
                .contains("cryptometer_pulses_counted_total{meter=\"4\\\"} 1\\n\"} 7.0");
    }

    @Test
    void theFileIsReplacedAsAWhole(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("metrics.prom");
        Metrics.write(file, "old\n");
        Metrics.write(file, "new\n");
        assertThat(file).hasContent("new\n");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
