package energy.cryptometer.hal.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.gpio.InputStore.HoldNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BootHoldTest {
    private static final String BOOT = "3a8fd31a-7b2e-4b0a-9a55-0f5b8a1f00aa";
    private static final BootHold.Plan PLAN =
            new BootHold.Plan("/dev/gpiochip0", "pinctrl-rp1", 17, 0x116, 1_024, "the input");

    @TempDir Path folder = Path.of("");

    private BootHold hold() {
        return BootHold.of("gpiochip0-17", Optional.of(folder), Optional.of(folder));
    }

    private Path note() {
        return folder.resolve("gpiochip0-17.held");
    }

    @Test
    void aPlanIsAFileOfKeysInFixedOrder() throws IOException {
        hold().leave(PLAN);
        assertThat(Files.readString(folder.resolve("inputs/gpiochip0-17")))
                .isEqualTo(
                        """
                        chip=/dev/gpiochip0
                        label=pinctrl-rp1
                        line=17
                        flags=278
                        buffer=1024
                        input=the input
                        """);
    }

    @Test
    void aPlanThatSaysTheSameIsNotWrittenAgain() throws IOException {
        hold().leave(PLAN);
        Path file = folder.resolve("inputs/gpiochip0-17");
        Object before = Files.getAttribute(file, "unix:ino");
        hold().leave(PLAN);
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
    }

    @Test
    void aPlanThatIsWithdrawnIsGone() throws IOException {
        hold().leave(PLAN);
        hold().withdraw();
        hold().withdraw();
        assertThat(folder.resolve("inputs")).isEmptyDirectory();
    }

    @Test
    void aNoteSaysSinceWhenAndAsWhatALineIsHeld() throws IOException {
        Files.writeString(note(), "boot=%s\nsince=6120000000\ninput=the input\n".formatted(BOOT));
        assertThat(hold().note())
                .contains(new HoldNote(UUID.fromString(BOOT), 6_120_000_000L, "the input"));
        hold().removeNote();
        assertThat(hold().note()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "since=1\ninput=x\n",
                "boot=" + BOOT + "\nsince=1\ninput=x",
                "boot=" + BOOT + "\nsince=-1\ninput=x\n",
                "boot=" + BOOT + "\nsince=01\ninput=x\n",
                "boot=" + BOOT + "\nsince=1234567890123456789\ninput=x\n",
                "boot=" + BOOT + "\nsince=1\ninput=\n",
                "boot=" + BOOT + "\nsince=1\ninput=x\nmore=y\n",
                "boot=nobody\nsince=1\ninput=x\n"
            })
    void whateverElseStandsInANoteCountsAsNone(String text) throws IOException {
        Files.writeString(note(), text);
        assertThat(hold().note()).isEmpty();
    }

    @Test
    void aNoteWithoutEndCountsAsNone() throws IOException {
        Files.writeString(
                note(), "boot=%s\nsince=1\ninput=x\n".formatted(BOOT) + "x".repeat(1 << 20));
        assertThat(hold().note()).isEmpty();
    }

    @Test
    void withoutFoldersNothingIsTold() throws IOException {
        BootHold nowhere = BootHold.of("gpiochip0-17", Optional.empty(), Optional.empty());
        nowhere.leave(PLAN);
        nowhere.withdraw();
        nowhere.removeNote();
        assertThat(nowhere.note()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}
