package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.edge.PulseRule;
import java.util.Locale;

/// Which line a meter's pulse output is connected to, and how.
///
/// @param chip path (`/dev/gpiochip0`) or label (`pinctrl-bcm2711`) of the GPIO chip
/// @param line number from 0 or name (`GPIO17`) of the line
/// @param activeLow whether a closed contact pulls the line low, as it does with a pull-up
/// @param rule what makes a pulse
/// @param pulsesPerHour at the meter's rated power, at least 1; more are told as an event
public record GpioInput(
        String chip,
        String line,
        boolean activeLow,
        Bias bias,
        PulseRule rule,
        long pulsesPerHour) {
    /// What holds an open line at its level.
    public enum Bias {
        /// Whatever the board does.
        AS_IS(0),
        /// Nothing: the board has a resistor.
        DISABLED(1L << 10),
        PULL_UP(1L << 8),
        PULL_DOWN(1L << 9);

        private final long flag;

        Bias(long flag) {
            this.flag = flag;
        }

        /// `enum gpio_v2_line_flag` of `linux/gpio.h`.
        long flag() {
            return flag;
        }
    }

    public GpioInput {
        check("chip", chip);
        check("line", line);
        if (pulsesPerHour < 1) {
            throw new IllegalArgumentException(
                    "rated power of " + pulsesPerHour + " pulses an hour is below 1");
        }
    }

    private static void check(String what, String value) {
        boolean printable = value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        if (value.isBlank() || value.length() > 255 || !printable) {
            throw new IllegalArgumentException(
                    what + " '" + value + "' is not 1 to 255 printable ASCII characters");
        }
    }

    /// A short name of the input: letters, digits, dot, minus and underscore.
    String name() {
        String chipName = chip.substring(chip.lastIndexOf('/') + 1);
        String name = (chipName + "-" + line).replaceAll("[^A-Za-z0-9._-]", "_");
        return name.substring(0, Math.min(name.length(), 200));
    }

    /// Chip and line, for a person.
    String where() {
        return "line " + line + " of " + chip;
    }

    /// Everything the kernel was asked for: another label is another request.
    String label() {
        return chip
                + " line "
                + line
                + (activeLow ? " active-low " : " active-high ")
                + bias.name().toLowerCase(Locale.ROOT);
    }
}
