package energy.cryptometer.hal.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.meter.counting.ModbusMeterSource;
import energy.cryptometer.hal.meter.model.MeterModel;
import energy.cryptometer.hal.meter.model.MeterModel.Direction;
import energy.cryptometer.hal.meter.model.MeterModels;
import energy.cryptometer.hal.meter.polling.MeterOnBus;
import energy.cryptometer.hal.meter.polling.MeterRating;
import energy.cryptometer.hal.modbus.SerialSettings.Parity;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several meters on one line, and a line that hears itself.
@Tag("serial")
final class SharedLineTest {
    private static final SerialSettings SETTINGS = new SerialSettings(9_600, Parity.NONE, 1);
    private static final MeterModel IEM = model("schneider-iem3155");
    private static final MeterModel ABB = model("abb-b23");
    private static final PymodbusSlave.Register FIRST =
            PymodbusSlave.register(IEM, 1, Direction.EXPORT);
    private static final PymodbusSlave.Register SECOND =
            PymodbusSlave.register(ABB, 2, Direction.EXPORT);

    @TempDir private Path directory;
    private PseudoLine line;
    private PymodbusSlave slave;

    private static MeterModel model(String name) {
        return MeterModels.named(name).orElseThrow().withPause(Duration.ofMillis(10));
    }

    @BeforeEach
    void putTwoMetersOnOneLine() throws IOException, InterruptedException {
        line = new PseudoLine(directory);
        slave =
                new PymodbusSlave(
                        line.slaveEnd(),
                        Map.of(FIRST, "0000000000001388", SECOND, "0000000000000064"));
        slave.show(FIRST, "0000000000001388");
    }

    @AfterEach
    void takeThemApart() {
        slave.close();
        line.close();
    }

    private PulseSource open(MeterModel model, int unit, String device) {
        return ModbusMeterSource.open(
                new MeterOnBus(model, unit, Direction.EXPORT, new MeterRating(1_000, 10_000)),
                SharedLine.at(device, SETTINGS),
                SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z")),
                SourceState.NEVER_STARTED,
                Duration.ofMillis(10));
    }

    private static List<Long> counts(PulseSource source, int pulses) throws InterruptedException {
        List<Long> counts = new ArrayList<>();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (counts.size() < pulses) {
            assertThat(System.nanoTime() - deadline).as("%s", source.health()).isNegative();
            for (SourceItem item : source.await(Duration.ofSeconds(1)).items()) {
                if (item instanceof Pulse pulse) {
                    counts.add(pulse.count());
                }
            }
        }
        return counts;
    }

    private static void anchor(PulseSource source) throws InterruptedException {
        assertThat(source.await(Duration.ofSeconds(60)).items())
                .as("%s", source.health())
                .hasSize(1);
    }

    @Test
    void twoThreadsCountTwoMetersOfOneLine()
            throws IOException, InterruptedException, ExecutionException {
        Path otherName =
                Files.createSymbolicLink(directory.resolve("by-id"), Path.of(line.masterEnd()));
        try (ExecutorService threads = Executors.newFixedThreadPool(2);
                PulseSource first = open(IEM, 1, line.masterEnd());
                PulseSource second = open(ABB, 2, otherName.toString())) {
            anchor(first);
            anchor(second);
            Callable<List<Long>> one = () -> counts(first, 3);
            Callable<List<Long>> other = () -> counts(second, 20);
            Future<List<Long>> ofFirst = threads.submit(one);
            Future<List<Long>> ofSecond = threads.submit(other);
            slave.show(FIRST, "000000000000138B"); // 3 Wh more
            slave.show(SECOND, "0000000000000066"); // 20 Wh more
            assertThat(ofFirst.get()).containsExactly(1L, 2L, 3L);
            assertThat(ofSecond.get()).hasSize(20).endsWith(20L);
            assertThat(first.health().counters()).containsEntry("bad_frames", 0L);
            assertThat(second.health().counters()).containsEntry("bad_frames", 0L);
        }
    }

    @Test
    void aMeterThatLeavesTakesTheLineNotAway() throws InterruptedException {
        try (PulseSource second = open(ABB, 2, line.masterEnd())) {
            PulseSource first = open(IEM, 1, line.masterEnd());
            anchor(first);
            first.close();
            first.close();
            anchor(second);
            slave.show(SECOND, "0000000000000065");
            assertThat(counts(second, 10)).hasSize(10);
        }
    }

    @Test
    void aDeadMeterDoesNotSilenceItsNeighbour() throws InterruptedException {
        try (PulseSource absent = open(IEM, 9, line.masterEnd());
                PulseSource second = open(ABB, 2, line.masterEnd())) {
            absent.await(Duration.ZERO);
            anchor(second);
            assertThat(absent.health().counters().get("timeouts")).isPositive();
        }
    }

    @Test
    void twoSettingsOnOneLineAreRefused() {
        try (SharedLine _ = SharedLine.at(line.masterEnd(), SETTINGS)) {
            assertThatThrownBy(() -> SharedLine.at(line.masterEnd(), SETTINGS.withBaud(19_200)))
                    .hasMessageContaining("9600 8N1")
                    .hasMessageContaining("19200 8N1");
        }
        try (SharedLine free = SharedLine.at(line.masterEnd(), SETTINGS.withBaud(19_200))) {
            assertThat(free.description()).contains("19200");
        }
    }

    @Test
    void aClosedHoldAnswersNoMore() throws InterruptedException {
        SharedLine hold = SharedLine.at(line.masterEnd(), SETTINGS);
        hold.close();
        assertThat(hold.read(new ReadRequest(1, 3, 0, 1, Duration.ZERO, Duration.ofMillis(100))))
                .isInstanceOf(ReadResponse.PortFault.class);
    }

    @Test
    void aTransceiverThatHearsItselfChangesNoNumber() throws InterruptedException {
        try (PulseSource first = open(IEM, 1, line.masterEnd())) {
            anchor(first);
            line.echo();
            slave.show(FIRST, "000000000000138A"); // 2 Wh more
            assertThat(counts(first, 2)).containsExactly(1L, 2L);
            first.await(Duration.ofMillis(100));
            assertThat(first.health().counters().get("echoes")).isPositive();
            assertThat(first.health().counters()).containsEntry("bad_frames", 0L);
        }
    }

    @Test
    void anEchoAloneIsSilence() throws InterruptedException {
        try (SharedLine hold = SharedLine.at(line.masterEnd(), SETTINGS)) {
            ReadRequest there =
                    new ReadRequest(
                            1, 3, FIRST.address(), 4, Duration.ZERO, Duration.ofMillis(400));
            ReadRequest absent = new ReadRequest(9, 3, 0, 1, Duration.ZERO, Duration.ofMillis(100));
            assertThat(hold.read(there)).isInstanceOf(ReadResponse.Words.class);
            line.echo();
            assertThat(hold.read(absent)).isInstanceOf(ReadResponse.Timeout.class);
            assertThat(hold.echoes()).isEqualTo(1);
        }
    }
}
