package energy.cryptometer.hal.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BoardIdentityTest {
    private final Path root;

    BoardIdentityTest(@TempDir Path root) {
        this.root = root;
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    @Test
    void theDeviceTreeNamesTheBoard() throws IOException {
        file("proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.4\0");
        file("proc/device-tree/serial-number", "10000000abcdef01\0");
        assertThat(BoardIdentity.read(root, Optional.empty()).line())
                .isEqualTo("Raspberry Pi 4 Model B Rev 1.4, serial number 10000000abcdef01");
        assertThat(BoardIdentity.read(root, Optional.of("Raspberry Pi 4 Model B")).line())
                .isEqualTo("Raspberry Pi 4 Model B, serial number 10000000abcdef01");
    }

    @Test
    void aMachineWithoutADeviceTreeHasAnotherName() throws IOException {
        file("sys/class/dmi/id/product_name", "Board of somebody\n");
        assertThat(BoardIdentity.read(root, Optional.empty()).line())
                .isEqualTo("Board of somebody");
    }

    @Test
    void nothingAtAllIsNoFailure() {
        assertThat(BoardIdentity.read(root, Optional.empty()).line()).isEqualTo("unknown board");
    }

    @Test
    void whatIsReadIsBoundedAndPrintable() throws IOException {
        file("proc/device-tree/model", "\u001b[2J" + "x".repeat(100_000));
        assertThat(BoardIdentity.read(root, Optional.empty()).model())
                .hasSizeLessThan(300)
                .matches("[ -~]+");
    }
}
