package energy.cryptometer.hal.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.edge.PulseRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said where there is no chip. Lines of a real chip are tested on the emulated board.
final class GpioChipsTest {
    private static GpioInput input(String chip) {
        return new GpioInput(chip, "17", true, GpioInput.Bias.PULL_UP, PulseRule.USUAL, 1_000);
    }

    @Test
    void aChipThatIsNotThereIsToldWithThoseThatAre(@TempDir Path devices) throws IOException {
        Files.createFile(devices.resolve("gpiochip0"));
        Files.createFile(devices.resolve("gpiochip1"));
        GpioChips chips = new GpioChips(devices);
        String missing = devices.resolve("gpiochip7").toString();
        assertThatThrownBy(() -> chips.request(input(missing)))
                .isInstanceOf(GpioException.class)
                .hasMessageContaining("GPIO chip " + missing + " cannot be opened (ENOENT)")
                .hasMessageContaining("gpiochip0, ")
                .hasMessageContaining("gpiochip1]; name one of them");
    }

    @Test
    void aDeviceThatIsNoChipIsTold() {
        assertThatThrownBy(() -> GpioChips.OF_KERNEL.request(input("/dev/null")))
                .isInstanceOf(GpioException.class)
                .hasMessage("/dev/null is no GPIO chip (ENOTTY): name one of /dev/gpiochip*");
    }

    @Test
    void aLabelThatNoChipHasIsToldWithWhatWasFound(@TempDir Path devices) throws IOException {
        GpioChips none = new GpioChips(devices);
        assertThatThrownBy(() -> none.request(input("pinctrl-bcm2711")))
                .hasMessage(
                        "no GPIO chip has the label 'pinctrl-bcm2711'; there are none:"
                                + " name one of them by path");
        Files.createFile(devices.resolve("gpiochip0"));
        assertThatThrownBy(() -> none.request(input("pinctrl-bcm2711")))
                .hasMessageContaining("gpiochip0 is no GPIO chip (ENOTTY)");
    }

    @Test
    void anInputHasANameThatSystemdTakes() {
        assertThat(input("/dev/gpiochip0").name()).isEqualTo("gpiochip0-17");
        assertThat(
                        new GpioInput(
                                        "a chip: x",
                                        "GPIO 17",
                                        false,
                                        GpioInput.Bias.AS_IS,
                                        PulseRule.USUAL,
                                        1)
                                .name())
                .isEqualTo("a_chip__x-GPIO_17");
        assertThat(input("c").label()).isEqualTo("c line 17 active-low pull_up");
        assertThatThrownBy(() -> input("")).hasMessageContaining("chip ''");
        assertThatThrownBy(() -> input("a\nb")).hasMessageContaining("printable");
    }
}
