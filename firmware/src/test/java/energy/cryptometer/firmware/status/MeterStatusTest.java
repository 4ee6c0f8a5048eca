package energy.cryptometer.firmware.status;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.command.Json;
import energy.cryptometer.firmware.journal.JournalCounts;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final SimulatedClock CLOCK = SimulatedClock.startingAt(NOW);
    private static final long NOBODY = Long.MAX_VALUE;

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("journal.db.status.json");
    }

    private static RuntimeStatus runtime(long processId, String... problems) {
        return new RuntimeStatus(
                CLOCK.read(),
                processId,
                new RuntimeStatus.Key("token", "meter-key"),
                new RuntimeStatus.Source("profile is at pulse 7 of 9", true, Map.of("edges", 14L)),
                new RuntimeStatus.Queue(3, 12, 200, new BigDecimal("4.9"), 5),
                new RuntimeStatus.WireTotals(1_000, 10, 500, 5),
                List.of(problems));
    }

    private static RuntimeStatus running(String... problems) {
        return runtime(ProcessHandle.current().pid(), problems);
    }

    private static MeterStatus status(JournalCounts counts, Optional<RuntimeStatus> runtime) {
        return status(counts, runtime, CLOCK.read());
    }

    private static MeterStatus status(
            JournalCounts counts, Optional<RuntimeStatus> runtime, BoardClock.Reading now) {
        return new MeterStatus(
                new AccountId(Hash.sha256(new byte[] {1})),
                "4711",
                new PulseConstant(800),
                3,
                counts,
                Hash.ZERO,
                runtime,
                now);
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

    @ParameterizedTest
    @ValueSource(longs = {3_600, -3_600, 31_536_000, -31_536_000})
    void aProgramRunsWhateverSomebodySetsTheClockTo(long seconds) {
        SimulatedClock board = SimulatedClock.startingAt(NOW);
        board.advance(Duration.ofSeconds(3));
        board.stepWall(Duration.ofSeconds(seconds));
        MeterStatus status =
                status(counts(), Optional.of(running("clock: set, not followed")), board.read());
        assertThat(status.running()).isTrue();
        assertThat(status.problems()).containsExactly("clock: set, not followed");
        assertThat(status.oldestUnprovenSeconds())
                .as("by the clock that dated the pulse")
                .isEqualTo(90);
    }

    @Test
    void aStatusOfTenSecondsAgoOrOfAnotherBootIsHistory() {
        SimulatedClock board = SimulatedClock.startingAt(NOW);
        board.advance(Duration.ofMillis(9_999));
        assertThat(status(counts(), Optional.of(running()), board.read()).running()).isTrue();
        board.advance(Duration.ofMillis(1));
        MeterStatus late = status(counts(), Optional.of(running()), board.read());
        assertThat(late.running()).isFalse();
        assertThat(late.text()).contains("its last sign of life is of 2026-11-22T10:00:00Z");
        SimulatedClock booted = SimulatedClock.startingAt(NOW);
        booted.reboot(Duration.ZERO);
        assertThat(status(counts(), Optional.of(running()), booted.read()).running()).isFalse();
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
                "{\"bootNanos\":1,\"bootId\":\"none\",\"writtenAt\":\"2026-11-22T10:00:00Z\"}",
                "{\"bootNanos\":-1,\"bootId\":\"6f2e0b37-6cf4-4c70-9a0f-6d0a1f0c3b5e\",\"writtenAt\":\"2026-11-22T10:00:00Z\",\"clockQuality\":\"unknown\"}",
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
