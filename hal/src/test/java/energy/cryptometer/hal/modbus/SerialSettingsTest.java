package energy.cryptometer.hal.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.modbus.SerialSettings.Parity;
import org.junit.jupiter.api.Test;

final class SerialSettingsTest {
    @Test
    void bytesTakeTheirTimeOnTheWire() {
        assertThat(new SerialSettings(9_600, Parity.NONE, 1).millisFor(96)).isEqualTo(100);
        assertThat(new SerialSettings(2_400, Parity.EVEN, 1).millisFor(8)).isEqualTo(37);
    }
}
