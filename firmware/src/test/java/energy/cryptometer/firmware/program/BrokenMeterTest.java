package energy.cryptometer.firmware.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.Programs;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.firmware.board.TrialBoard;
import energy.cryptometer.firmware.config.TrialGenesis;
import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalIdentity;
import energy.cryptometer.firmware.status.MeterStatus;
import energy.cryptometer.hal.clock.LinuxClock;
import energy.cryptometer.hal.systemd.Systemd;
import energy.cryptometer.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one broken meter may do to the others of its board: nothing.
class BrokenMeterTest {
    private static final String NO_CHIP =
            "type = \"gpio\"\nchip = \"/dev/gpiochip-none\"\nline = 17\n";

    @TempDir private Path folder;

    /// What `status` printed, and its exit code.
    private record Said(int code, String out, String err) {}

    private Said status() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal =
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, false);
        int code =
                Programs.run(new StatusCommand(terminal), terminal, "--config", folder.toString());
        return new Said(code, out.toString(), err.toString());
    }

    /// Runs the board until `done`, then stops it.
    private static void run(TrialBoard trial, BooleanSupplier done) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        AtomicReference<@Nullable RuntimeException> failed = new AtomicReference<>();
        Thread running =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                BoardWiring.run(
                                        trial.config(),
                                        LinuxClock.ofThisMachine(),
                                        Systemd.absent(),
                                        told);
                            } catch (InterruptedException | RuntimeException e) {
                                failed.set(new IllegalStateException(e));
                            }
                        });
        try {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (running.isAlive() && !done.getAsBoolean()) {
                assertThat(System.nanoTime()).as("log: %s", trial.log).isLessThan(deadline);
                boolean _ = told.await(20, TimeUnit.MILLISECONDS);
            }
        } finally {
            told.countDown();
            running.join();
        }
        RuntimeException failure = failed.get();
        if (failure != null) {
            throw failure;
        }
    }

    private static Optional<MeterStatus> status(TrialBoard trial, String serial) {
        try {
            return MeterStates.read(trial.config()).meters().stream()
                    .filter(meter -> meter.serial().equals(serial) && meter.running())
                    .findFirst();
        } catch (CommandFailure _) {
            return Optional.empty(); // there is no journal yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static boolean counts(TrialBoard trial, String serial) {
        return status(trial, serial).filter(meter -> meter.counts().counted() > 20).isPresent();
    }

    private static List<String> problems(TrialBoard trial, String serial) {
        return status(trial, serial).map(MeterStatus::problems).orElse(List.of());
    }

    @Test
    void aChipThatIsNotThereStopsNeitherTheProgramNorTheOthers()
            throws IOException, InterruptedException {
        List<Said> said = new ArrayList<>();
        try (TrialBoard trial = new TrialBoard(folder, "A1", "B2")) {
            BooleanSupplier done =
                    () ->
                            counts(trial, "B2")
                                    && !problems(trial, "A1").isEmpty()
                                    && said.add(status());
            run(trial.meter("A1", NO_CHIP).replaying("B2"), done);
            assertThat(trial.logged("WARNING", "meter A1: line"))
                    .singleElement()
                    .asString()
                    .contains("line 17 of /dev/gpiochip-none does not count")
                    .contains("cannot be opened (ENOENT)")
                    .contains("name one of them")
                    .contains("tried again");
            assertThat(trial.logged("INFO", "meter A1: waiting for its input, start 1")).hasSize(1);
            assertThat(trial.logged("INFO", "meter B2: counting, start 1")).hasSize(1);
            assertThat(trial.metrics()).contains("cryptometer_starts_total{meter=\"B2\"} 1.0");
            try (Journal journal =
                    Journal.open(
                            trial.journal("A1"),
                            identity(trial, "A1", "gpio /dev/gpiochip-none line 17"),
                            LinuxClock.ofThisMachine().read())) {
                assertThat(journal.unsigned(10).toString()).contains("BOOT").contains("LINE_LOST");
            }
        }
        assertThat(said.getFirst().code()).isEqualTo(69);
        assertThat(said.getFirst().out())
                .contains("problem           source: line 17 of /dev/gpiochip-none does not count");
    }

    private static JournalIdentity identity(TrialBoard trial, String key, String source) {
        return JournalIdentity.of(
                trial.genesis, TrialGenesis.signer("meter " + key).publicKey(), source);
    }

    private static void writeForeignJournal(TrialBoard trial, String serial) {
        Journal.open(
                        trial.journal(serial),
                        identity(trial, "of another community", "another source"),
                        LinuxClock.ofThisMachine().read())
                .close();
    }

    @Test
    void aForeignJournalLeavesOnlyItsOwnMeterOut() throws IOException, InterruptedException {
        List<Said> said = new ArrayList<>();
        try (TrialBoard trial = new TrialBoard(folder, "A1", "B2")) {
            writeForeignJournal(trial, "A1");
            BooleanSupplier done =
                    () ->
                            counts(trial, "B2")
                                    && problems(trial, "B2").stream()
                                            .anyMatch(line -> line.contains("left out"))
                                    && said.add(status());
            run(trial.replaying("A1").replaying("B2"), done);
            assertThat(trial.logged("SEVERE", "meter A1 is left out and does not count: store"))
                    .singleElement()
                    .asString()
                    .contains("give another path; it is tried again every minute");
        }
        assertThat(said.getFirst().code()).isEqualTo(78);
        assertThat(said.getFirst().out()).contains("B2, account").contains("meter A1 is left out");
        assertThat(said.getFirst().err()).contains("no meter of community");
    }

    @Test
    void aBoardWithoutAnyMeterThatCanBeOpenedEndsAsBefore() throws IOException {
        try (TrialBoard trial = new TrialBoard(folder, "A1").replaying("A1")) {
            writeForeignJournal(trial, "A1");
            assertThatThrownBy(() -> run(trial, () -> false))
                    .hasCauseInstanceOf(StoreException.class);
        }
    }
}
