package energy.cryptometer.hal.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardFilesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir private Path root;

    private void sensor(int number, String name, String alarm) throws IOException {
        Path folder = Files.createDirectories(root.resolve("hwmon" + number));
        Files.writeString(folder.resolve("name"), name + "\n");
        Files.writeString(folder.resolve("in0_lcrit_alarm"), alarm + "\n");
    }

    @Test
    void theFirmwareOfThePiSaysWhenTheSupplyIsTooLow() throws IOException {
        sensor(0, "cpu_thermal", "1");
        sensor(1, "rpi_volt", "0");
        SupplyVoltage supply = SupplyVoltage.in(root);
        assertThat(supply.isWatched()).isTrue();
        assertThat(supply.isTooLow()).as("another sensor's alarm").isFalse();
        sensor(1, "rpi_volt", "1");
        assertThat(supply.isTooLow()).isTrue();
        sensor(1, "rpi_volt", "0");
        assertThat(supply.isTooLow()).isFalse();
    }

    @Test
    void aBoardWithoutThatSensorSaysNothing() throws IOException {
        sensor(0, "cpu_thermal", "1");
        for (Path hwmon : new Path[] {root, root.resolve("absent")}) {
            assertThat(SupplyVoltage.in(hwmon).isWatched()).isFalse();
            assertThat(SupplyVoltage.in(hwmon).isTooLow()).isFalse();
        }
    }

    @Test
    void timesyncdTellsWhenItLastSetTheClock() throws IOException {
        assertThat(TimeService.in(root).line()).isEqualTo("no time service runs: install chrony");
        Path folder = Files.createDirectories(root.resolve("systemd/timesync"));
        assertThat(TimeService.in(root).line()).isEqualTo("systemd-timesyncd");
        Path file = Files.createFile(folder.resolve("synchronized"));
        Files.setLastModifiedTime(file, FileTime.from(NOON));
        assertThat(TimeService.in(root).line())
                .isEqualTo("systemd-timesyncd, last set the clock at 2026-11-22T12:00:00Z");
    }

    @Test
    void chronyIsNamedBeforeTheTimesyncdItReplaces() throws IOException {
        Files.createDirectories(root.resolve("systemd/timesync"));
        Path nobodyMayEnter = Files.createDirectories(root.resolve("chrony"));
        assertThat(nobodyMayEnter.toFile().setExecutable(false)).isTrue();
        assertThat(TimeService.in(root).name()).hasValue("chrony");
    }

    @Test
    void thisMachineAnswersWithoutFailing() {
        assertThatCode(
                        () -> {
                            boolean _ = SupplyVoltage.ofThisBoard().isTooLow();
                            assertThat(TimeService.ofThisBoard().line()).isNotBlank();
                        })
                .doesNotThrowAnyException();
    }
}
