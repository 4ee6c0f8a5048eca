package energy.cryptometer.hal.meter.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.meter.model.MeterModel.Direction;
import energy.cryptometer.hal.meter.model.MeterScan.Certainty;
import energy.cryptometer.hal.meter.model.MeterScan.Found;
import energy.cryptometer.hal.meter.polling.SimulatedLine;
import energy.cryptometer.hal.modbus.ModbusClient;
import energy.cryptometer.hal.modbus.PseudoLine;
import energy.cryptometer.hal.modbus.PymodbusSlave;
import energy.cryptometer.hal.modbus.ReadRequest;
import energy.cryptometer.hal.modbus.ReadResponse;
import energy.cryptometer.hal.modbus.SerialSettings;
import energy.cryptometer.hal.modbus.SerialSettings.Parity;
import energy.cryptometer.hal.modbus.SharedLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Meters of another project are found and told apart.
@Tag("serial")
final class MeterScanTest {
    private static final SerialSettings SETTINGS = new SerialSettings(9_600, Parity.NONE, 1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static Map<PymodbusSlave.Register, String> meters() {
        Map<PymodbusSlave.Register, String> registers = new HashMap<>();
        meter(registers, "eastron-sdm630", 1, "449A5225", "42F6E979");
        registers.put(new PymodbusSlave.Register(1, 3, 0xFC02), "0070");
        meter(registers, "abb-b23", 2, "000000000001E240", "FFFFFFFFFFFFFFFF");
        registers.put(new PymodbusSlave.Register(2, 3, 0x8960), "42323320");
        meter(registers, "eastron-sdm120", 3, "449A5225", "00000000");
        meter(registers, "carlo-gavazzi-em24", 5, "E2400001", "30390000");
        registers.put(new PymodbusSlave.Register(5, 4, 0x000B), "0047");
        registers.put(new PymodbusSlave.Register(6, 3, 0x0100), "12345678");
        registers.put(new PymodbusSlave.Register(6, 3, 0x8960), "41343320");
        return registers;
    }

    private static void meter(
            Map<PymodbusSlave.Register, String> registers,
            String name,
            int unit,
            String imported,
            String exported) {
        MeterModel model = MeterModels.named(name).orElseThrow();
        registers.put(PymodbusSlave.register(model, unit, Direction.IMPORT), imported);
        registers.put(PymodbusSlave.register(model, unit, Direction.EXPORT), exported);
    }

    @Test
    void metersAreFoundAndSayWhatTheyAre(@TempDir Path directory)
            throws IOException, InterruptedException {
        try (PseudoLine line = new PseudoLine(directory);
                PymodbusSlave slave = new PymodbusSlave(line.slaveEnd(), meters());
                SharedLine port = SharedLine.at(line.masterEnd(), SETTINGS)) {
            slave.show(new PymodbusSlave.Register(6, 3, 0x0100), "12345678");
            MeterScan scan = new MeterScan(port, MeterModels.all(), TIMEOUT);
            Found sdm630 = scan.look(1).orElseThrow();
            assertThat(sdm630.certainty()).isEqualTo(Certainty.SAYS_SO);
            assertThat(names(sdm630)).containsExactly("eastron-sdm630");
            assertThat(sdm630.candidates().getFirst().imported()).hasValue(1_234_567_016L);
            assertThat(sdm630.candidates().getFirst().exported()).hasValue(123_456_001L);
            Found b23 = scan.look(2).orElseThrow();
            assertThat(names(b23)).containsExactly("abb-b23");
            assertThat(b23.candidates().getFirst().exported()).isEmpty();
            Found sdm120 = scan.look(3).orElseThrow();
            assertThat(sdm120.certainty()).isEqualTo(Certainty.LOOKS_LIKE);
            assertThat(names(sdm120)).containsExactly("eastron-sdm120", "eastron-sdm230");
            assertThat(scan.look(4)).isEmpty();
            assertThat(names(scan.look(5).orElseThrow())).containsExactly("carlo-gavazzi-em24");
            Found stranger = scan.look(6).orElseThrow();
            assertThat(stranger.certainty()).isEqualTo(Certainty.UNKNOWN);
            assertThat(stranger.says()).containsExactly("register 0x8960: A43");
            assertThat(stranger.functions()).containsExactly(3, 4);
        }
    }

    private static List<String> names(Found found) {
        return found.candidates().stream().map(candidate -> candidate.model().name()).toList();
    }

    /// What two answers at once leave of each other.
    @Test
    void twoMetersOfOneUnitAreNoSilence() throws InterruptedException {
        ModbusClient twoAtUnitOne =
                new ModbusClient() {
                    @Override
                    public ReadResponse read(ReadRequest request) {
                        return request.unitId() == 1
                                ? new ReadResponse.BadFrame(true, "check sum is wrong (01 03)")
                                : SimulatedLine.silence();
                    }

                    @Override
                    public String description() {
                        return "a line with two meters of unit 1";
                    }

                    @Override
                    public void close() {}
                };
        MeterScan scan = new MeterScan(twoAtUnitOne, MeterModels.all(), TIMEOUT);
        assertThat(scan.look(1)).isEmpty();
        assertThat(scan.look(2)).isEmpty();
        assertThat(scan.garbled()).containsExactly(Map.entry(1, "check sum is wrong (01 03)"));
    }

    @Test
    void aPortThatIsNotThereEndsTheScan(@TempDir Path directory) {
        try (SharedLine port = SharedLine.at(directory.resolve("absent").toString(), SETTINGS)) {
            MeterScan scan = new MeterScan(port, MeterModels.all(), TIMEOUT);
            assertThatThrownBy(() -> scan.look(1)).hasMessageContaining("does not exist");
        }
    }

    @Test
    void theCommonestFactorySettingsComeFirst() {
        assertThat(MeterScan.factorySettings(MeterModels.all()))
                .startsWith(SETTINGS)
                .contains(new SerialSettings(19_200, Parity.EVEN, 1));
        assertThat(MeterScan.settingsAt(List.of(2_400)))
                .extracting(SerialSettings::toString)
                .containsExactly("2400 8N1", "2400 8E1");
    }
}
