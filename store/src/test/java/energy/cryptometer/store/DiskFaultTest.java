package energy.cryptometer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same store on disks that are full, read-only, or cut off, and under programs that are
/// killed. Mounts live in a mount namespace of the child's own, so they need no root and vanish
/// with it.
class DiskFaultTest {
    private static final List<String> UNSHARE =
            List.of("unshare", "--user", "--map-root-user", "--mount");

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {25, 60, 140})
    void aKilledProgramLosesNoAcknowledgedRow(int acknowledgements)
            throws IOException, InterruptedException {
        Path file = directory.resolve("journal.db");
        long last = 0;
        for (int round = 0; round < 2; round++) {
            Process child = Child.start(List.of(), "count", file.toString());
            try (BufferedReader ears = child.inputReader(StandardCharsets.UTF_8)) {
                for (int n = 0; n < acknowledgements; n++) {
                    last = Long.parseLong(Child.hear(ears));
                }
                // By its handle: Process.destroyForcibly would throw away what the pipe still
                // holds.
                assertThat(child.toHandle().destroyForcibly()).isTrue();
                for (String more = Child.hear(ears); more.matches("[0-9]+"); ) {
                    last = Long.parseLong(more);
                    more = Child.hear(ears);
                }
            }
            int _ = child.waitFor();
            try (Database database = Database.open(file, Journal.ALL)) {
                assertThat(database.check()).isEmpty();
                assertThat(Journal.count(database)).isBetween(last, last + 1);
                assertThat(Journal.sequences(database)).startsWith(1L).contains(last);
            }
        }
    }

    @Test
    void aFullDiskUndoesTheChangeAndRecoversOnceThereIsSpace()
            throws IOException, InterruptedException {
        String mount = "mount -t tmpfs -o size=600k tmpfs " + directory + " && exec \"$@\"";
        try (BufferedReader ears =
                Child.start(
                                namespace(mount),
                                "fill",
                                directory.resolve("journal.db").toString(),
                                directory.resolve("ballast").toString())
                        .inputReader(StandardCharsets.UTF_8)) {
            assertThat(Child.hear(ears)).startsWith("FULL ").contains("free some space");
            assertThat(Child.hear(ears)).isEqualTo("missing 0");
            assertThat(Child.hear(ears)).isEqualTo("findings []");
        }
    }

    @Test
    void aReadOnlyDiskIsNamed() throws IOException, InterruptedException {
        Database.open(directory.resolve("journal.db"), Journal.ALL).close();
        String mount =
                "mount --bind %1$s %1$s && mount -o remount,bind,ro %1$s && exec \"$@\""
                        .formatted(directory);
        try (BufferedReader ears =
                Child.start(namespace(mount), "own", directory.resolve("journal.db").toString())
                        .inputReader(StandardCharsets.UTF_8)) {
            assertThat(Child.hear(ears)).startsWith("READ_ONLY ").contains("journal.db");
        }
    }

    @Test
    void aWriteErrorFailsTheChangeAndTheNextOneOpensAnew()
            throws IOException, InterruptedException {
        Path file = directory.resolve("journal.db");
        Process child = Child.start(List.of(), "wait", file.toString());
        try (BufferedReader ears = child.inputReader(StandardCharsets.UTF_8);
                PrintWriter orders = new PrintWriter(child.outputWriter(StandardCharsets.UTF_8))) {
            assertThat(Child.hear(ears)).isEqualTo("ready");
            assertThat(order(orders, ears, 10)).isEqualTo("ok 10 of 10");
            limit(child, "65536");
            assertThat(order(orders, ears, 1000)).startsWith("IO ").contains("check the disk");
            assertThat(order(orders, ears, 1000)).startsWith("IO ");
            limit(child, "unlimited");
            assertThat(order(orders, ears, 1000)).isEqualTo("ok 1010 of 1010");
        }
        assertThat(child.waitFor()).isZero();
        try (Database database = Database.open(file, Journal.ALL)) {
            assertThat(database.check()).isEmpty();
            assertThat(Journal.count(database)).isEqualTo(1010);
        }
    }

    @Test
    void theSecondOwnerIsToldWhoTheFirstIsAndADeadOwnerHoldsNothing()
            throws IOException, InterruptedException {
        Path file = directory.resolve("journal.db");
        Process first = Child.start(List.of(), "wait", file.toString());
        try (BufferedReader ears = first.inputReader(StandardCharsets.UTF_8)) {
            assertThat(Child.hear(ears)).isEqualTo("ready");
            OpeningTest.assertRefused(
                    () -> Database.open(file, Journal.ALL),
                    StoreException.Reason.LOCKED,
                    file.toString(),
                    "in use by another program (pid " + first.pid() + "); stop it first");
            first.destroyForcibly();
            int _ = first.waitFor();
        }
        Database.open(file, Journal.ALL).close();
    }

    private static String order(PrintWriter orders, BufferedReader ears, int rows) {
        orders.println(rows);
        orders.flush();
        return Child.hear(ears);
    }

    /// Bounds the size of any file the process may write (RLIMIT_FSIZE): beyond it, writes fail.
    private static void limit(Process process, String bytes)
            throws IOException, InterruptedException {
        Process prlimit =
                new ProcessBuilder("prlimit", "--pid=" + process.pid(), "--fsize=" + bytes + ":")
                        .inheritIO()
                        .start();
        assertThat(prlimit.waitFor()).isZero();
    }

    /// A command prefix that runs `script "$@"` where it may mount what it likes.
    private static List<String> namespace(String script) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(UNSHARE);
        command.add("true");
        Assumptions.assumeTrue(
                new ProcessBuilder(command).start().waitFor() == 0,
                "this kernel lets no user make a mount namespace");
        command.removeLast();
        command.addAll(List.of("sh", "-c", script, "sh"));
        return command;
    }
}
