package energy.cryptometer.firmware.capture;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.TestMeter;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.pulse.SimulatedPulseSource;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceHealth;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureStageTest {
    private final TestMeter meter = TestMeter.number(1);
    private final SimulatedClock clock = SimulatedClock.startingAt(TestMeter.START);
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @TempDir private Path directory;
    private Journal journal;
    private SimulatedPulseSource source;

    @BeforeEach
    void open() {
        journal = Journal.open(directory.resolve("journal.db"), meter.identity(), clock.read());
        source = SimulatedPulseSource.open(clock, journal.sourceState());
    }

    @AfterEach
    void close() {
        journal.close();
    }

    /// Waits for what another thread does, as long as any machine may need for it.
    private static void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void everyPulseBecomesDurableInOrder() {
        try (CaptureStage stage = CaptureStage.start(source, journal, lines::add)) {
            source.pulse(3000);
            source.happens(new SourceEvent.EdgesLost(clock.read(), 1, 2));
            source.pulse(1);
            await(() -> journal.counts().counted() == 3001);
            assertThat(stage.failure()).isEmpty();
            assertThat(stage.sinceLastTurn()).isLessThan(Duration.ofSeconds(60));
            assertThat(stage.health().condition()).isEqualTo(SourceHealth.Condition.GOOD);
        }
        assertThat(journal.unsigned(10_000)).hasSize(3002);
        assertThat(lines).isEmpty();
    }

    @Test
    void closingStopsCountingAndClosesTheSource() {
        CaptureStage stage = CaptureStage.start(source, journal, lines::add);
        source.pulse(1);
        await(() -> journal.counts().counted() == 1);
        stage.close();
        stage.close();
        assertThat(source.health().condition()).isEqualTo(SourceHealth.Condition.LOST);
        source.pulse(1);
        assertThat(journal.counts().counted()).isEqualTo(1);
        source = SimulatedPulseSource.open(clock, journal.sourceState());
        try (CaptureStage _ = CaptureStage.start(source, journal, lines::add)) {
            source.pulse(5);
            await(() -> journal.counts().counted() == 6);
        }
    }

    /// Another program holds the journal for longer than the store waits for it.
    @Test
    @Tag("slow")
    void aJournalThatCannotBeWrittenIsToldAlsoWhileNoPulseComes() throws SQLException {
        try (CaptureStage stage = CaptureStage.start(source, journal, lines::add, Duration.ZERO);
                Connection other =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("journal.db"));
                Statement hold = other.createStatement()) {
            assertThat(stage.journalTrouble()).isEmpty();
            await(() -> begun(hold));
            await(() -> stage.journalTrouble().isPresent());
            assertThat(stage.journalTrouble().orElseThrow()).contains("journal.db");
            assertThat(stage.failure()).isEmpty();
            hold.execute("ROLLBACK");
            await(() -> stage.journalTrouble().isEmpty());
            await(() -> lines.size() == 2);
        }
        assertThat(lines.getFirst()).startsWith("journal cannot be written: ");
        assertThat(lines.getLast()).isEqualTo("journal can be written again, nothing was lost");
    }

    private static boolean begun(Statement hold) {
        try {
            hold.execute("BEGIN IMMEDIATE");
            return true;
        } catch (SQLException _) {
            return false; // the stage is just writing
        }
    }

    @Test
    void aSourceThatCountsWronglyStopsTheStageInsteadOfSpoilingTheJournal() {
        journal.append(TestMeter.pulses(1, 5));
        try (CaptureStage stage = CaptureStage.start(source, journal, lines::add)) {
            source.pulse(1); // it was opened before those five
            await(() -> stage.failure().isPresent());
            await(() -> !lines.isEmpty());
            assertThat(lines).hasSize(1);
            assertThat(lines.getFirst())
                    .startsWith("counting stopped: pulse 1 does not follow pulse 5");
        }
        assertThat(journal.counts().counted()).isEqualTo(5);
    }
}
