package energy.cryptometer.firmware.capture;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.firmware.BoardTime;
import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.TestMeter;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.pulse.SimulatedPulseSource;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceHealth;
import energy.cryptometer.timing.Worker;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

    private CaptureStage stage(CaptureStage.Waiting waiting) {
        return new CaptureStage(source, journal, lines::add, waiting, new BoardTime(clock));
    }

    private CaptureStage stage() {
        return stage(CaptureStage.Waiting.NEVER);
    }

    private static void takeAll(CaptureStage stage) throws InterruptedException {
        while (stage.take().isZero()) {}
    }

    @Test
    void everyPulseBecomesDurableInOrder() throws InterruptedException {
        try (CaptureStage stage = stage()) {
            source.pulse(3000);
            source.happens(new SourceEvent.EdgesLost(clock.read(), 1, 2));
            source.pulse(1);
            takeAll(stage);
            assertThat(journal.counts().counted()).isEqualTo(3001);
            assertThat(stage.failure()).isEmpty();
            assertThat(stage.health().condition()).isEqualTo(SourceHealth.Condition.GOOD);
        }
        assertThat(journal.unsigned(10_000)).hasSize(3002);
        assertThat(lines).isEmpty();
    }

    @Test
    void theWatchdogSeesWhenTheLastTurnWas() throws InterruptedException {
        try (CaptureStage stage = stage()) {
            clock.advance(Duration.ofSeconds(40));
            assertThat(stage.sinceLastTurn()).isEqualTo(Duration.ofSeconds(40));
            takeAll(stage);
            assertThat(stage.sinceLastTurn()).isZero();
        }
    }

    @Test
    void closingStopsCountingAndClosesTheSource() throws InterruptedException {
        CaptureStage stage = stage();
        Worker worker =
                new Worker("capture", stage, Worker.Closing.INTERRUPTS, Duration.ofSeconds(50))
                        .start();
        source.pulse(1);
        while (journal.counts().counted() < 1) {
            Thread.onSpinWait();
        }
        worker.close();
        stage.close();
        stage.close();
        assertThat(source.health().condition()).isEqualTo(SourceHealth.Condition.LOST);
        source.pulse(1);
        assertThat(journal.counts().counted()).isEqualTo(1);
        source = SimulatedPulseSource.open(clock, journal.sourceState());
        try (CaptureStage next = stage()) {
            source.pulse(5);
            takeAll(next);
            assertThat(journal.counts().counted()).isEqualTo(6);
        }
    }

    /// Another program holds the journal for longer than the store waits for it.
    @Test
    @Tag("slow")
    void aJournalThatCannotBeWrittenIsToldAlsoWhileNoPulseComes()
            throws SQLException, InterruptedException {
        CaptureStage.Waiting probing = new CaptureStage.Waiting(Duration.ZERO, Duration.ZERO);
        try (CaptureStage stage = stage(probing);
                Connection other =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("journal.db"));
                Statement hold = other.createStatement()) {
            assertThat(stage.journalTrouble()).isEmpty();
            hold.execute("BEGIN IMMEDIATE");
            clock.advance(Duration.ofSeconds(1));
            assertThat(stage.take()).isPositive();
            assertThat(stage.journalTrouble().orElseThrow()).contains("journal.db");
            assertThat(stage.failure()).isEmpty();
            source.pulse(2);
            assertThat(stage.take()).as("tried again soon").isEqualTo(Duration.ofMillis(100));
            assertThat(journal.counts().counted()).isZero();
            hold.execute("ROLLBACK");
            clock.advance(Duration.ofSeconds(1));
            takeAll(stage);
            assertThat(stage.journalTrouble()).isEmpty();
            assertThat(journal.counts().counted()).isEqualTo(2);
        }
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("journal cannot be written: ");
        assertThat(lines.getLast()).isEqualTo("journal can be written again, nothing was lost");
    }

    @Test
    void aSourceThatCountsWronglyStopsTheStageInsteadOfSpoilingTheJournal()
            throws InterruptedException {
        journal.append(TestMeter.pulses(1, 5));
        try (CaptureStage stage = stage()) {
            source.pulse(1); // it was opened before those five
            takeAll(stage);
            assertThat(stage.failure()).isPresent();
            assertThat(stage.take()).as("no more than one line").isPositive();
            assertThat(lines).hasSize(1);
            assertThat(lines.getFirst())
                    .startsWith("counting stopped: pulse 1 does not follow pulse 5");
        }
        assertThat(journal.counts().counted()).isEqualTo(5);
    }
}
