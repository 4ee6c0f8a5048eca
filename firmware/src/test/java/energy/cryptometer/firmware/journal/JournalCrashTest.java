package energy.cryptometer.firmware.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that are killed while they write, and disks that are full.
@Tag("slow")
class JournalCrashTest {
    private static final int[] ACKNOWLEDGEMENTS = {1, 37, 90};

    private final TestMeter meter = TestMeter.number(1);

    @TempDir private Path directory;

    private Path file() {
        return directory.resolve("journal.db");
    }

    /// Kills the process after so many lines and gives the last number it said.
    private long killAfter(String what, int acknowledgements)
            throws IOException, InterruptedException {
        Process process = MeterProcess.start(List.of(), what, file().toString());
        long last = 0;
        try (BufferedReader ears = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(MeterProcess.hear(ears)).isEqualTo("ready");
            for (int n = 0; n < acknowledgements; n++) {
                last = Long.parseLong(MeterProcess.hear(ears));
            }
            // By its handle: Process.destroyForcibly would throw away what the pipe still holds.
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            for (String more = MeterProcess.hear(ears); more.matches("[0-9]+"); ) {
                last = Long.parseLong(more);
                more = MeterProcess.hear(ears);
            }
        }
        int _ = process.waitFor();
        return last;
    }

    @Test
    void aKilledMeterHasEveryAcknowledgedPulseOnceAndGoesOn()
            throws IOException, InterruptedException {
        for (int acknowledgements : ACKNOWLEDGEMENTS) {
            long last = killAfter("count", acknowledgements);
            try (Journal journal = Journal.open(file(), meter.identity(), TestMeter.reading(0))) {
                long counted = journal.counts().counted();
                assertThat(counted).isBetween(last, last + 5);
                assertThat(journal.sourceState().count()).isEqualTo(counted);
                assertThat(journal.unsigned(10_000))
                        .extracting(captured -> ((Captured.OfPulse) captured).count())
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, counted).boxed().toList());
                assertThat(journal.check()).isEmpty();
            }
        }
    }

    @Test
    void aKilledSignerHasSignedEveryPulseAtMostOnceInOneChain()
            throws IOException, InterruptedException {
        for (int acknowledgements : ACKNOWLEDGEMENTS) {
            long last = killAfter("sign", acknowledgements);
            try (Journal journal = Journal.open(file(), meter.identity(), TestMeter.reading(0))) {
                JournalCursors cursors = journal.cursors();
                assertThat(cursors.signedSequence()).isGreaterThanOrEqualTo(last);
                assertThat(
                                journal.transactions(
                                        1, cursors.signedSequence(), TransactionType.GENERATION))
                        .hasSize((int) cursors.signed());
                assertThat(journal.unsigned(10_000))
                        .hasSize((int) (cursors.counted() - cursors.signed()));
            }
        }
        try (Journal journal = Journal.open(file(), meter.identity(), TestMeter.reading(0))) {
            meter.signAll(journal);
            JournalCounts counts = journal.counts();
            assertThat(counts.signed()).isEqualTo(counts.counted());
            // Batch holds every transaction against the one before it.
            List<SignedTransaction> chain =
                    journal.unsent(Journal.MAX_AT_ONCE, 1 << 24).orElseThrow().transactions();
            assertThat(chain.getLast().next()).isEqualTo(journal.nextLink());
        }
    }

    /// What a power cut leaves: the file as it is, and of its log what had been synced by then.
    private Journal afterPowerCut(long syncedBytes) throws IOException {
        Path cut = Files.createTempDirectory(directory, "cut").resolve("journal.db");
        Files.copy(file(), cut);
        byte[] log = Files.readAllBytes(logOf(file()));
        Files.write(logOf(cut), Arrays.copyOf(log, (int) syncedBytes));
        return Journal.open(cut, meter.identity(), TestMeter.reading(0));
    }

    private static Path logOf(Path store) {
        return store.resolveSibling(store.getFileName() + "-wal");
    }

    @Test
    void aPowerCutUndoesAtMostWhatIsDoneAgainAndComesOutTheSame() throws IOException {
        try (Journal journal = Journal.open(file(), meter.identity(), TestMeter.reading(0))) {
            journal.append(TestMeter.pulses(1, 20));
            long captured = Files.size(logOf(file()));
            meter.signAll(journal);
            long signed = Files.size(logOf(file()));
            journal.sync();
            journal.markSent(20);
            long sent = Files.size(logOf(file()));
            assertThat(captured).isLessThan(signed);
            assertThat(signed).isLessThan(sent);
            for (long synced = captured; synced <= sent; synced += 512) {
                try (Journal left = afterPowerCut(synced)) {
                    JournalCursors cursors = left.cursors();
                    assertThat(cursors.counted()).isEqualTo(20);
                    assertThat(cursors.signedSequence()).isIn(0L, 20L);
                    if (synced >= signed) {
                        assertThat(cursors.signedSequence()).isEqualTo(20);
                    }
                    meter.signAll(left);
                    assertThat(left.cursors().signedId()).isEqualTo(journal.cursors().signedId());
                    assertThat(left.unsent(100, 1 << 20).isEmpty())
                            .isEqualTo(cursors.sentSequence() == 20);
                    assertThat(left.check()).isEmpty();
                }
            }
        }
    }

    @Test
    void aSecondProgramIsToldWhoHasTheJournal() throws IOException, InterruptedException {
        Process process = MeterProcess.start(List.of(), "count", file().toString());
        try (BufferedReader ears = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(MeterProcess.hear(ears)).isEqualTo("ready");
            assertThatThrownBy(() -> Journal.open(file(), meter.identity(), TestMeter.reading(0)))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .isEqualTo(StoreException.Reason.LOCKED))
                    .hasMessageContaining(
                            "in use by another program (pid " + process.pid() + "); stop it");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aFullDiskIsReportedOnceAndNoPulseIsLost() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        String mount =
                "mount -t tmpfs -o size=600k tmpfs "
                        + directory
                        + " && head -c 300000 /dev/zero > "
                        + directory.resolve("ballast")
                        + " && exec \"$@\"";
        Process process =
                MeterProcess.start(
                        namespace(mount),
                        "fill",
                        file().toString(),
                        directory.resolve("ballast").toString());
        try (BufferedReader ears = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(MeterProcess.hear(ears))
                    .startsWith("journal cannot be written, pulses wait: ")
                    .contains("no space left");
            assertThat(MeterProcess.hear(ears)).startsWith("journal can be written again");
            assertThat(MeterProcess.hear(ears)).isEqualTo("missing 0");
            assertThat(MeterProcess.hear(ears)).isEqualTo("captures true");
            assertThat(MeterProcess.hear(ears)).isEqualTo("findings []");
        }
        assertThat(process.waitFor()).isZero();
    }

    /// A command prefix that runs `script "$@"` where it may mount what it likes.
    private static List<String> namespace(String script) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount"));
        List<String> probe = new ArrayList<>(command);
        probe.add("true");
        Assumptions.assumeTrue(
                new ProcessBuilder(probe).start().waitFor() == 0,
                "this kernel lets no user make a mount namespace");
        command.addAll(List.of("sh", "-c", script, "sh"));
        return command;
    }
}
