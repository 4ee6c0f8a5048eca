package energy.cryptometer.hal.meter.polling;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.meter.model.MeterModel;
import energy.cryptometer.hal.meter.model.MeterModel.Direction;
import energy.cryptometer.hal.meter.model.MeterModels;
import energy.cryptometer.hal.meter.polling.RegisterReader.Result;
import energy.cryptometer.hal.modbus.ModbusRtuClient;
import energy.cryptometer.hal.modbus.PseudoLine;
import energy.cryptometer.hal.modbus.PymodbusSlave;
import energy.cryptometer.hal.modbus.SerialSettings;
import energy.cryptometer.hal.modbus.SerialSettings.Parity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every meter file against a slave of another project that holds the meter's registers, all of
/// them units of one line. The maps below were written from the sources that the files name, not
/// from the files: a slip in a file is a failure here.
@Tag("serial")
final class MeterFilesTest {
    private static final Kind FLOAT =
            new Kind("449A5225", 1_234_567_016L, "42F6E979", 123_456_001L, "");
    private static final Kind ABB =
            new Kind(
                    "000000000001E240",
                    1_234_560_000L,
                    "0000000000003039",
                    123_450_000L,
                    "FFFFFFFFFFFFFFFF");
    private static final Kind GAVAZZI =
            new Kind("E2400001", 12_345_600_000L, "30390000", 1_234_500_000L, "FFFF7FFF");
    private static final Kind HUNDREDTHS =
            new Kind("0001E240", 1_234_560_000L, "00003039", 123_450_000L, "FFFFFFFF");
    private static final Kind DZG =
            new Kind("075BCD15", 123_456_789_000L, "00BC614E", 12_345_678_000L, "FFFFFFFF");
    private static final Kind SCHNEIDER =
            new Kind(
                    "00000000075BCD15",
                    123_456_789_000L,
                    "0000000000BC614E",
                    12_345_678_000L,
                    "8000000000000000");

    /// How a family shows numbers: register contents, exact milliwatt-hours, and what it shows when
    /// it has no value, empty where nothing is known.
    record Kind(
            String imported,
            long importedExactly,
            String exported,
            long exportedExactly,
            String noValue) {}

    /// A meter by its manual.
    record Meter(String name, int function, int importRegister, int exportRegister, Kind kind) {
        @Override
        public String toString() {
            return name;
        }

        int unit() {
            return 1 + METERS.indexOf(this);
        }

        PymodbusSlave.Register register(Direction direction) {
            return new PymodbusSlave.Register(
                    unit(),
                    function,
                    direction == Direction.IMPORT ? importRegister : exportRegister);
        }
    }

    static final List<Meter> METERS =
            List.of(
                    new Meter("abb-a43", 3, 20_480, 20_484, ABB),
                    new Meter("abb-b21", 3, 20_480, 20_484, ABB),
                    new Meter("abb-b23", 3, 20_480, 20_484, ABB),
                    new Meter("abb-b24", 3, 20_480, 20_484, ABB),
                    new Meter("carlo-gavazzi-em111", 4, 16, 32, GAVAZZI),
                    new Meter("carlo-gavazzi-em112", 4, 16, 32, GAVAZZI),
                    new Meter("carlo-gavazzi-em24", 4, 62, 92, GAVAZZI),
                    new Meter("carlo-gavazzi-em330", 4, 52, 78, GAVAZZI),
                    new Meter("carlo-gavazzi-em340", 4, 52, 78, GAVAZZI),
                    new Meter("dzg-dvh4013", 3, 16_384, 16_640, DZG),
                    new Meter("eastron-sdm120", 4, 72, 74, FLOAT),
                    new Meter("eastron-sdm230", 4, 72, 74, FLOAT),
                    new Meter("eastron-sdm630", 4, 72, 74, FLOAT),
                    new Meter("eastron-sdm72d-m", 4, 72, 74, FLOAT),
                    new Meter("eastron-sdm72d-m-2", 4, 72, 74, FLOAT),
                    new Meter("eltako-dsz15dzmod", 4, 72, 74, HUNDREDTHS),
                    new Meter("inepro-pro2", 3, 24_588, 24_600, FLOAT),
                    new Meter("inepro-pro380", 3, 24_588, 24_600, FLOAT),
                    new Meter("orno-we-516", 3, 264, 272, FLOAT),
                    new Meter("schneider-iem3155", 3, 3_203, 3_207, SCHNEIDER),
                    new Meter("schneider-iem3255", 3, 3_203, 3_207, SCHNEIDER),
                    new Meter("schneider-iem3355", 3, 3_203, 3_207, SCHNEIDER));

    private static final SimulatedClock CLOCK =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));

    @TempDir private static Path directory;
    private static PseudoLine line;
    private static PymodbusSlave slave;
    private static ModbusRtuClient port;

    @BeforeAll
    static void putThemOnOneLine() throws IOException, InterruptedException {
        line = new PseudoLine(directory);
        Map<PymodbusSlave.Register, String> registers = new HashMap<>();
        for (Meter meter : METERS) {
            registers.put(meter.register(Direction.IMPORT), meter.kind().imported());
            registers.put(meter.register(Direction.EXPORT), meter.kind().exported());
        }
        slave = new PymodbusSlave(line.slaveEnd(), registers);
        port = ModbusRtuClient.at(line.masterEnd(), new SerialSettings(9_600, Parity.NONE, 1));
        Meter first = METERS.getFirst();
        slave.show(first.register(Direction.IMPORT), first.kind().imported());
    }

    @AfterAll
    static void takeThemApart() {
        port.close();
        slave.close();
        line.close();
    }

    private static Result read(Meter meter, Direction direction) throws InterruptedException {
        MeterModel model = MeterModels.named(meter.name()).orElseThrow();
        return new RegisterReader(
                        new MeterOnBus(
                                model, meter.unit(), direction, new MeterRating(1_000, 10_000)),
                        port,
                        CLOCK,
                        new PollCounters())
                .read();
    }

    @Test
    void everyFileIsHere() {
        assertThat(METERS.stream().map(Meter::name)).isEqualTo(MeterModels.names());
    }

    @ParameterizedTest
    @FieldSource("METERS")
    void bothTotalsAreReadExactlyAndNotMixedUp(Meter meter) throws InterruptedException {
        assertThat(read(meter, Direction.IMPORT))
                .isInstanceOfSatisfying(
                        Result.Value.class,
                        value ->
                                assertThat(value.reading().milliwattHours())
                                        .isEqualTo(meter.kind().importedExactly()));
        assertThat(read(meter, Direction.EXPORT))
                .isInstanceOfSatisfying(
                        Result.Value.class,
                        value ->
                                assertThat(value.reading().milliwattHours())
                                        .isEqualTo(meter.kind().exportedExactly()));
    }

    @ParameterizedTest
    @FieldSource("METERS")
    void whatIsNoNumberIsNoEnergy(Meter meter) throws InterruptedException {
        Kind kind = meter.kind();
        List<String> noNumbers =
                kind.equals(FLOAT)
                        ? List.of("7FC00000", "7F800000", "BF800000")
                        : List.of(kind.noValue());
        for (String shown : noNumbers) {
            if (!shown.isEmpty()) {
                slave.show(meter.register(Direction.EXPORT), shown);
                assertThat(read(meter, Direction.EXPORT)).isInstanceOf(Result.Failed.class);
            }
        }
        slave.show(meter.register(Direction.EXPORT), kind.exported());
        assertThat(read(meter, Direction.EXPORT)).isInstanceOf(Result.Value.class);
    }
}
