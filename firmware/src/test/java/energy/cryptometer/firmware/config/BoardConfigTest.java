package energy.cryptometer.firmware.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.hal.pi4j.PinSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardConfigTest {
    @TempDir private Path folder;

    @BeforeEach
    void aCommunityOfTwoMeters() throws IOException {
        Files.createDirectory(folder.resolve("meters"));
        Files.write(
                folder.resolve("genesis.cbor"), TrialGenesis.signed(TrialGenesis.of("A1", "B2")));
    }

    private void meter(String file, String serial, String journal, int unit) throws IOException {
        Files.writeString(
                folder.resolve("meters").resolve(file),
                """
                [meter]
                genesis = "../genesis.cbor"
                journal = "%s"
                serial = "%s"
                [source]
                type = "modbus"
                model = "eastron-sdm120"
                port = "/dev/ttyUSB0"
                unit = %d
                direction = "export"
                [key]
                trial_key = "key.p12"
                pin_file = "pin"
                [forward]
                nodes = ["coap://127.0.0.1:5683"]
                """
                        .formatted(journal, serial, unit));
    }

    private void isRefused(String... words) {
        assertThatThrownBy(() -> BoardConfig.read(folder))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        refused -> assertThat(refused.text()).contains(words));
    }

    @Test
    void aFolderIsABoardAndEachFileInItAMeter() throws IOException {
        meter("b.toml", "B2", "b.db", 2);
        meter("a.toml", "A1", "a.db", 1);
        Files.writeString(folder.resolve("meters/README"), "no meter");
        BoardConfig board = BoardConfig.read(folder);
        assertThat(board.meters())
                .extracting(meter -> meter.meter().orElseThrow().serial())
                .containsExactly("A1", "B2");
        assertThat(board.settings()).isEqualTo(BoardSettings.NONE);
    }

    @Test
    void aFileIsABoardWithOneMeter() throws IOException {
        meter("a.toml", "A1", "a.db", 1);
        assertThat(BoardConfig.read(folder.resolve("meters/a.toml")).meters()).hasSize(1);
    }

    @Test
    void aMeterOfABoardHasItsStatusWhereTheBoardsProgramWritesIt() throws IOException {
        meter("a.toml", "A1", "a.db", 1);
        Path file = folder.resolve("meters/a.toml");
        Path journal = BoardConfig.read(file).meters().getFirst().journal();
        assertThat(BoardConfig.read(file).settings()).isEqualTo(BoardSettings.NONE);
        Files.writeString(
                folder.resolve("board.toml"),
                "[status]\nfolder = \"status\"\n[metrics]\nfile = \"m.prom\"\n[led]\nline = 5\n");
        assertThat(BoardConfig.read(file).settings().statusFile(journal))
                .isEqualTo(BoardConfig.read(folder).settings().statusFile(journal))
                .hasParentRaw(folder.resolve("status"));
        assertThat(BoardConfig.read(file).settings())
                .as("LED and metrics are those of all its meters")
                .extracting(BoardSettings::panel, BoardSettings::metrics)
                .containsExactly(FrontPanelSettings.NONE, Optional.empty());
        Path alone = Files.move(file, folder.resolve("a.toml"));
        Files.writeString(
                alone, Files.readString(alone).replace("../genesis.cbor", "genesis.cbor"));
        assertThat(BoardConfig.read(alone).settings()).isEqualTo(BoardSettings.NONE);
    }

    @Test
    void theBoardsOwnSettingsAreRead() throws IOException {
        meter("a.toml", "A1", "a.db", 1);
        Files.writeString(folder.resolve("board.toml"), "[metrics]\nfile = \"metrics.prom\"\n");
        assertThat(BoardConfig.read(folder).settings().metrics())
                .hasValue(folder.resolve("metrics.prom"));
    }

    @Test
    void ledAndTamperSwitchAreRead() throws IOException {
        meter("a.toml", "A1", "a.db", 1);
        Files.writeString(
                folder.resolve("board.toml"),
                """
                [led]
                line = 5
                [tamper]
                chip = "pinctrl-rp1"
                line = "GPIO6"
                active_low = true
                """);
        FrontPanelSettings panel = BoardConfig.read(folder).settings().panel();
        assertThat(panel.led()).hasValue(new PinSettings("/dev/gpiochip0", "5", false));
        assertThat(panel.tamper()).hasValue(new PinSettings("pinctrl-rp1", "GPIO6", true));
    }

    @Test
    void aLedWithoutALineIsRefused() throws IOException {
        meter("a.toml", "A1", "a.db", 1);
        Files.writeString(folder.resolve("board.toml"), "[led]\nactive_low = 1\n");
        isRefused("key 'led.line' is missing", "key 'led.active_low'");
    }

    @Test
    void twoMetersNeverShareAJournalASerialNumberOrARegister() throws IOException {
        meter("a.toml", "A1", "a.db", 1);
        meter("b.toml", "A1", "../meters/a.db", 1);
        isRefused(
                "meter A1 is used by",
                "journal " + folder.toRealPath().resolve("meters/a.db"),
                "the export register of unit 1 at /dev/ttyUSB0 is used by");
    }

    @Test
    void allFilesAreComplainedAboutAtOnce() throws IOException {
        meter("a.toml", "A9", "a.db", 1);
        meter("b.toml", "B2", "b.db", 999);
        Files.writeString(folder.resolve("board.toml"), "[metric]\n");
        isRefused("a.toml:", "A9", "b.toml:", "999", "board.toml:1: key 'metric' is not known");
    }

    @Test
    void aBoardWithoutMetersAndOneWithFiveAreRefused() throws IOException {
        isRefused("has no file *.toml: put one there for each meter");
        for (int i = 1; i <= 5; i++) {
            meter("m%d.toml".formatted(i), "A1", "a.db", i);
        }
        isRefused("has more than 4 meters");
    }

    @Test
    void aFolderWithoutMetersFolderSaysWhatToMake() throws IOException {
        Files.delete(folder.resolve("genesis.cbor"));
        Files.delete(folder.resolve("meters"));
        isRefused("cannot be read: make it, with a file for each meter");
    }
}
