package energy.cryptometer.firmware.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the package puts into `/etc/cryptometer`, with nothing changed but what stands for the
/// installer's own.
class PackagedExampleTest {
    private static final Path PACKAGED = Path.of("..", "packaging", "etc");

    @TempDir private Path folder;

    @BeforeEach
    void theCommunityHasTheMeterOfTheExample() throws IOException {
        Files.write(
                folder.resolve("genesis.cbor"), TrialGenesis.signed(TrialGenesis.of("12345678")));
        Files.createDirectory(folder.resolve("meters"));
    }

    private String example() throws IOException {
        return Files.readString(PACKAGED.resolve("meters/meter.toml.example"))
                .replace("/etc/cryptometer/genesis.cbor", "../genesis.cbor");
    }

    private FirmwareConfig read(String text) throws IOException {
        Files.writeString(folder.resolve("meters/roof.toml"), text);
        return BoardConfig.read(folder).meters().getFirst();
    }

    @Test
    void theExampleIsAMeterOnceItsGenesisIsThere() throws IOException {
        FirmwareConfig meter = read(example());
        assertThat(meter.meter().orElseThrow().serial()).isEqualTo("12345678");
        assertThat(meter.source().device()).hasValue("line 17 of /dev/gpiochip0");
        assertThat(meter.journal()).isEqualTo(Path.of("/var/lib/cryptometer/NAME.db"));
    }

    @Test
    void theOtherSourceInTheExampleIsSoundToo() throws IOException {
        String text = example();
        int gpio = text.indexOf("[source]");
        int modbus = text.indexOf("# [source]");
        int end = text.indexOf("[key]");
        String other = text.substring(modbus, end).replaceAll("(?m)^# ", "");
        assertThat(gpio).isLessThan(modbus);
        FirmwareConfig meter = read(text.substring(0, gpio) + other + text.substring(end));
        assertThat(meter.source().device().orElseThrow())
                .startsWith("the export register of unit 1 at /dev/serial/by-id/");
    }

    @Test
    void theBoardsFileIsSoundWithAndWithoutLedAndTamperSwitch() throws IOException {
        String text = Files.readString(PACKAGED.resolve("board.toml"));
        Path file = folder.resolve("board.toml");
        Files.writeString(file, text);
        BoardSettings plain = BoardSettings.readIn(folder);
        assertThat(plain.status()).hasValue(Path.of("/run/cryptometer"));
        assertThat(plain.metrics()).hasValue(Path.of("/run/cryptometer/metrics.prom"));
        assertThat(plain.panel()).isEqualTo(FrontPanelSettings.NONE);
        Files.writeString(file, text.replaceAll("(?m)^#(?=\\[|line)", ""));
        FrontPanelSettings panel = BoardSettings.readIn(folder).panel();
        assertThat(panel.led().orElseThrow().line()).isEqualTo("5");
        assertThat(panel.tamper().orElseThrow().line()).isEqualTo("6");
    }
}
