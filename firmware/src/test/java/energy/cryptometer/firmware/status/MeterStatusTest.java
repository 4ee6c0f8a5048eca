package energy.cryptometer.firmware.status;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.command.Json;
import energy.cryptometer.firmware.journal.JournalCounts;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeterStatusTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final long NOBODY = Long.MAX_VALUE;

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("journal.db.status.json");
    }

    private static RuntimeStatus runtime(long processId, String... problems) {
        return new RuntimeStatus(
                NOW,
                processId,
                new RuntimeStatus.Key("token", "meter-key"),
                "synchronised",
                new RuntimeStatus.Source("profile is at pulse 7 of 9", Map.of("edges", 14L)),
                new RuntimeStatus.Queue(3, 12, 200, new BigDecimal("4.9"), 5),
                new RuntimeStatus.WireTotals(1_000, 10, 500, 5),
                List.of(problems));
    }

    private static RuntimeStatus running(String... problems) {
        return runtime(ProcessHandle.current().pid(), problems);
    }

    private static MeterStatus status(JournalCounts counts, Optional<RuntimeStatus> runtime) {
        return new MeterStatus(
                new AccountId(Hash.sha256(new byte[] {1})),
                "4711",
                new PulseConstant(800),
                3,
                counts,
                Hash.ZERO,
                runtime,
                NOW);
    }

    private static JournalCounts counts() {
        return new JournalCounts(7, 5, 4, 2, Optional.of(NOW.minusSeconds(90)));
    }

    @Test
    void theFourNumbersAndWhatTheyStandForAreOneObject() {
        Json json = Json.readObject(status(counts(), Optional.of(running())).json().toString(), "");
        assertThat(json.keys())
                .containsExactlyInAnyOrder(
                        "schema",
                        "account",
                        "serial",
                        "starts",
                        "counters",
                        "signer",
                        "running",
                        "counted",
                        "signed",
                        "sent",
                        "proven",
                        "registerMilliwattHours",
                        "oldestUnprovenAgeSeconds",
                        "lastTransaction",
                        "keyKind",
                        "key",
                        "clockQuality",
                        "source",
                        "bytesPerPulseOnWire",
                        "bytesPerPulseInFullBatch",
                        "problems");
        assertThat(json.integer("counted")).isEqualTo(7);
        assertThat(json.integer("signed")).isEqualTo(5);
        assertThat(json.integer("sent")).isEqualTo(4);
        assertThat(json.integer("proven")).isEqualTo(2);
        assertThat(json.integer("registerMilliwattHours")).isEqualTo(8_750);
        assertThat(json.integer("oldestUnprovenAgeSeconds")).isEqualTo(90);
        assertThat(json.text("keyKind")).isEqualTo("token");
        assertThat(json.text("serial")).isEqualTo("4711");
        assertThat(json.integer("starts")).isEqualTo(3);
        assertThat(json.object("signer").integer("unsigned")).isEqualTo(3);
        assertThat(json.object("signer").integer("oldestSeconds")).isEqualTo(12);
        assertThat(json.object("signer").integer("pulsesPerTransaction")).isEqualTo(5);
        assertThat(json.object("counters").integer("edges")).isEqualTo(14);
        assertThat(json.text("clockQuality")).isEqualTo("synchronised");
        assertThat(json.bool("running")).isTrue();
        assertThat(json.decimal("bytesPerPulseOnWire")).isEqualByComparingTo("100");
    }

    @Test
    void nothingUnprovenHasNoAge() {
        Json json =
                status(new JournalCounts(3, 3, 3, 3, Optional.empty()), Optional.empty()).json();
        assertThat(json.optionalInteger("oldestUnprovenAgeSeconds")).isEmpty();
        assertThat(json.text("keyKind")).isEqualTo("unknown");
        assertThat(json.text("clockQuality")).isEqualTo("unknown");
    }

    @Test
    void aClockThatWentBackMakesNoAgeNegative() {
        JournalCounts counts = new JournalCounts(1, 0, 0, 0, Optional.of(NOW.plusSeconds(60)));
        assertThat(status(counts, Optional.empty()).json().integer("oldestUnprovenAgeSeconds"))
                .isZero();
    }

    @Test
    void aKilledProgramIsNotRunningAndItsProblemsAreHistory() {
        MeterStatus status =
                status(counts(), Optional.of(runtime(NOBODY, "forward: node is away")));
        assertThat(status.json().bool("running")).isFalse();
        assertThat(status.text())
                .contains("not running: start it with 'cryptometer run'")
                .doesNotContain("node is away")
                .containsPattern("(?m)^counted +7 pulses$");
    }

    @Test
    void aProblemOfTheRunningProgramIsShown() {
        assertThat(status(counts(), Optional.of(running("forward: node is away"))).text())
                .containsPattern("(?m)^problem +forward: node is away$");
    }

    @Test
    void whatTheProgramWroteIsReadAgain() {
        running("confirm: late").write(file());
        assertThat(RuntimeStatus.read(file())).contains(running("confirm: late"));
    }

    @Test
    void aMeterThatNeverRanHasNoRuntimeStatus() {
        assertThat(RuntimeStatus.read(file())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "{\"writtenAt\":\"yesterday\"}",
                "{\"writtenAt\":7}",
                "\u0000\u0000\u0000\u0000"
            })
    void aDamagedStatusFileCountsAsNone(String text) throws IOException {
        Files.writeString(file(), text);
        assertThat(RuntimeStatus.read(file())).isEmpty();
    }

    @Test
    void everyCutOfAStatusFileCountsAsNone() throws IOException {
        running().write(file());
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length - 2; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThat(RuntimeStatus.read(file())).as("%d bytes", length).isEmpty();
        }
    }

    @Test
    void aHugeFileOrAFolderInItsPlaceCountsAsNone() throws IOException {
        Path file = file();
        Files.write(file, " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
        assertThat(RuntimeStatus.read(file())).isEmpty();
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(RuntimeStatus.read(file())).isEmpty();
    }
}
