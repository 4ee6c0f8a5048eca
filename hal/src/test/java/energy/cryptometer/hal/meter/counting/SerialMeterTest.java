package energy.cryptometer.hal.meter.counting;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.meter.model.MeterModel;
import energy.cryptometer.hal.meter.model.MeterModel.Direction;
import energy.cryptometer.hal.meter.model.MeterModels;
import energy.cryptometer.hal.meter.polling.MeterOnBus;
import energy.cryptometer.hal.meter.polling.MeterRating;
import energy.cryptometer.hal.modbus.ModbusClient;
import energy.cryptometer.hal.modbus.ModbusRtuClient;
import energy.cryptometer.hal.modbus.PseudoLine;
import energy.cryptometer.hal.modbus.PymodbusSlave;
import energy.cryptometer.hal.modbus.SerialSettings;
import energy.cryptometer.hal.modbus.SerialSettings.Parity;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceHealth.Condition;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The whole way from a slave of another project over a serial device to pulses.
@Tag("serial")
final class SerialMeterTest {
    private static final int UNIT = 42;
    private static final Duration ENOUGH = Duration.ofSeconds(60);
    private static final MeterModel IEM3155 = onPseudoTerminal("schneider-iem3155");

    private final SimulatedClock clock =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));
    private PseudoLine line;

    @BeforeEach
    void joinTwoTerminals(@TempDir Path directory) throws IOException, InterruptedException {
        line = new PseudoLine(directory);
    }

    @AfterEach
    void takeThemApart() {
        line.close();
    }

    /// The meter with a short timeout, and without parity: a pseudo-terminal has none.
    private static MeterModel onPseudoTerminal(String name) {
        MeterModel model = MeterModels.named(name).orElseThrow();
        return new MeterModel(
                model.name(),
                model.manufacturer(),
                model.model(),
                model.source(),
                model.function(),
                model.format(),
                model.importRegister(),
                model.exportRegister(),
                model.identity(),
                new SerialSettings(model.serial().baud(), Parity.NONE, 1),
                model.bauds(),
                Duration.ofMillis(10),
                Duration.ofMillis(400));
    }

    private static String wattHours(long value) {
        return "%016X".formatted(value);
    }

    private PulseSource open(MeterModel model, ModbusClient port, SourceState state) {
        return ModbusMeterSource.open(
                new MeterOnBus(model, UNIT, Direction.EXPORT, new MeterRating(1_000, 10_000)),
                port,
                clock,
                state,
                Duration.ofMillis(10));
    }

    private ModbusClient port(MeterModel model) {
        return ModbusRtuClient.at(line.masterEnd(), model.serial());
    }

    private PymodbusSlave slave(MeterModel model, String exported) {
        return new PymodbusSlave(model, UNIT, line.slaveEnd(), exported);
    }

    /// All items until one of that kind came, and that one last.
    private static List<SourceItem> until(Class<? extends SourceItem> kind, PulseSource source)
            throws InterruptedException {
        List<SourceItem> items = new ArrayList<>();
        long deadline = System.nanoTime() + ENOUGH.toNanos();
        while (items.isEmpty() || !kind.isInstance(items.getLast())) {
            assertThat(System.nanoTime() - deadline)
                    .as("no %s, but %s and %s", kind, items, source.health())
                    .isNegative();
            items.addAll(source.await(Duration.ofSeconds(1)).items());
        }
        return items;
    }

    private static long anchor(PulseSource source) throws InterruptedException {
        SourceItem last = until(SourceEvent.RegisterAnchored.class, source).getLast();
        return ((SourceEvent.RegisterAnchored) last).register();
    }

    private static SourceState take(PulseSource source, int pulses, List<Long> counts)
            throws InterruptedException {
        int wanted = counts.size() + pulses;
        Optional<SourceState> state = Optional.empty();
        while (counts.size() < wanted) {
            SourceBatch batch = source.await(ENOUGH);
            assertThat(batch.items()).as("%s", source.health()).hasOnlyElementsOfType(Pulse.class);
            batch.items().forEach(item -> counts.add(((Pulse) item).count()));
            state = Optional.of(batch.stateAfter());
        }
        return state.orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "eastron-sdm120, 449A5225, 1234567016",
        "schneider-iem3155, 00000000075BCD15, 123456789000",
        "abb-b23, 000000000001E240, 1234560000",
    })
    void everyModelReadsItsRegister(String name, String register, long expected)
            throws InterruptedException {
        MeterModel model = onPseudoTerminal(name);
        try (PymodbusSlave slave = slave(model, register);
                ModbusClient port = port(model);
                PulseSource source = open(model, port, SourceState.NEVER_STARTED)) {
            slave.show(register);
            assertThat(anchor(source)).isEqualTo(expected);
        }
    }

    @Test
    void aGrowingRegisterGivesExactlyItsPulses() throws InterruptedException {
        List<Long> counts = new ArrayList<>();
        try (PymodbusSlave slave = slave(IEM3155, wattHours(5_000));
                ModbusClient port = port(IEM3155);
                PulseSource source = open(IEM3155, port, SourceState.NEVER_STARTED)) {
            anchor(source);
            long shown = 5_000;
            for (int step : new int[] {1, 7, 0, 2_500, 1}) {
                clock.advance(Duration.ofHours(1));
                shown += step;
                slave.show(wattHours(shown));
                take(source, step, counts, shown);
            }
        }
        assertThat(counts).isEqualTo(LongStream.rangeClosed(1, 2_509).boxed().toList());
    }

    private static void take(PulseSource source, int pulses, List<Long> counts, long shown)
            throws InterruptedException {
        if (pulses > 0) {
            SourceState state = take(source, pulses, counts);
            assertThat(state.anchor().orElseThrow().register()).isEqualTo(shown * 1_000);
        }
    }

    @Test
    void aFrozenMeterIsLostThenBackAndItsLateAnswersDoNoHarm() throws InterruptedException {
        try (PymodbusSlave slave = slave(IEM3155, wattHours(5_000));
                ModbusClient port = port(IEM3155);
                PulseSource source = open(IEM3155, port, SourceState.NEVER_STARTED)) {
            anchor(source);
            slave.show(wattHours(5_002));
            slave.freeze();
            clock.advance(Duration.ofHours(1));
            List<SourceItem> items = until(SourceEvent.LineLost.class, source);
            assertThat(source.health().condition()).isEqualTo(Condition.LOST);
            assertThat(source.health().counters().get("timeouts")).isGreaterThanOrEqualTo(9);
            slave.thaw();
            items.addAll(until(SourceEvent.LineRestored.class, source));
            slave.show(wattHours(5_003));
            while (items.stream().filter(Pulse.class::isInstance).count() < 3) {
                items.addAll(source.await(ENOUGH).items());
            }
            assertThat(items)
                    .filteredOn(Pulse.class::isInstance)
                    .extracting("count")
                    .containsExactly(1L, 2L, 3L);
            assertThat(items).hasSize(5);
        }
    }

    @Test
    void anAdapterMayBeUnpluggedAndComeBack() throws IOException, InterruptedException {
        List<Long> counts = new ArrayList<>();
        try (ModbusClient port = port(IEM3155);
                PulseSource source = open(IEM3155, port, SourceState.NEVER_STARTED)) {
            try (PymodbusSlave slave = slave(IEM3155, wattHours(5_000))) {
                slave.show(wattHours(5_000));
                anchor(source);
            }
            line.unplug();
            SourceItem lost = until(SourceEvent.LineLost.class, source).getLast();
            assertThat(((SourceEvent.LineLost) lost).reason()).contains("adapter");
            clock.advance(Duration.ofHours(1));
            line.plugIn();
            try (PymodbusSlave slave = slave(IEM3155, wattHours(5_004))) {
                slave.show(wattHours(5_004));
                until(SourceEvent.LineRestored.class, source);
                take(source, 4, counts);
            }
        }
        assertThat(counts).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aRegisterThatIsNotThereIsNotZero() throws InterruptedException {
        MeterModel b23 = onPseudoTerminal("abb-b23");
        try (PymodbusSlave slave = slave(b23, "FFFFFFFFFFFFFFFF");
                ModbusClient port = port(b23);
                PulseSource source = open(b23, port, SourceState.NEVER_STARTED)) {
            slave.show("FFFFFFFFFFFFFFFF");
            SourceItem lost = until(SourceEvent.LineLost.class, source).getLast();
            assertThat(((SourceEvent.LineLost) lost).reason()).contains("not available");
        }
    }

    @Test
    void theWrongModelIsToldByTheMeter() throws InterruptedException {
        MeterModel b23 = onPseudoTerminal("abb-b23");
        try (PymodbusSlave slave = slave(b23, wattHours(1));
                ModbusClient port = port(b23);
                PulseSource source = open(IEM3155, port, SourceState.NEVER_STARTED)) {
            slave.show(wattHours(1));
            SourceItem lost = until(SourceEvent.LineLost.class, source).getLast();
            assertThat(((SourceEvent.LineLost) lost).reason()).contains("illegal data address");
        }
    }

    @Test
    void aJumpBackAndAJumpAheadAreEventsAndNotEnergy() throws InterruptedException {
        try (PymodbusSlave slave = slave(IEM3155, wattHours(900_000));
                ModbusClient port = port(IEM3155);
                PulseSource source = open(IEM3155, port, SourceState.NEVER_STARTED)) {
            anchor(source);
            slave.show(wattHours(10));
            assertThat(until(SourceEvent.RegisterWentBack.class, source))
                    .containsExactly(
                            new SourceEvent.RegisterWentBack(
                                    clock.read(), 900_000_000, 10_000, 10_000));
            slave.show(wattHours(400_000));
            assertThat(until(SourceEvent.RegisterJumped.class, source))
                    .hasSize(1)
                    .first()
                    .extracting("now")
                    .isEqualTo(400_000_000L);
            slave.show(wattHours(400_001));
            assertThat(until(Pulse.class, source)).containsExactly(new Pulse(1, clock.read()));
        }
    }

    @Test
    void aRestartLosesNothingAndDoublesNothing() throws InterruptedException {
        List<Long> counts = new ArrayList<>();
        try (PymodbusSlave slave = slave(IEM3155, wattHours(5_000));
                ModbusClient port = port(IEM3155)) {
            SourceState stored;
            try (PulseSource source = open(IEM3155, port, SourceState.NEVER_STARTED)) {
                anchor(source);
                clock.advance(Duration.ofHours(1));
                slave.show(wattHours(8_000));
                SourceBatch first = source.await(ENOUGH);
                first.items().forEach(item -> counts.add(((Pulse) item).count()));
                stored = first.stateAfter(); // the program dies in the middle of the backlog
                assertThat(counts).hasSize(SourceBatch.MOST_ITEMS);
                assertThat(source.await(ENOUGH).items()).isNotEmpty();
            }
            clock.advance(Duration.ofHours(1));
            slave.show(wattHours(8_100));
            try (PulseSource source = open(IEM3155, port, stored)) {
                take(source, 3_100 - SourceBatch.MOST_ITEMS, counts);
            }
        }
        assertThat(counts).isEqualTo(LongStream.rangeClosed(1, 3_100).boxed().toList());
    }
}
