package energy.cryptometer.firmware.config;

import energy.cryptometer.command.configuration.Section;
import energy.cryptometer.hal.edge.PulseRule;
import energy.cryptometer.hal.gpio.GpioInput;
import energy.cryptometer.ledger.community.MeterEntry;
import java.time.Duration;
import java.util.function.Supplier;

/// A meter's pulse contact on a GPIO line:
///
/// ```toml
/// chip = "/dev/gpiochip0"        # path, or label as `gpiodetect` shows it
/// line = 17                      # number, or name as `gpioinfo` shows it
/// active_low = true              # default false: whether a closed contact pulls the line low
/// bias = "pull-up"               # "as-is" (default), "disabled", "pull-up", "pull-down"
/// min_pulse_ms = 25              # 1 to 1000: closed for less is no pulse
/// min_pause_ms = 6               # 1 to 1000: open for less does not end a pulse
/// ```
public record GpioConfig(
        String chip, String line, boolean activeLow, GpioInput.Bias bias, PulseRule rule) {
    private static final int MAX_MILLIS = 1_000;
    private static final long WATTS_PER_KILOWATT = 1_000;

    static Supplier<GpioConfig> read(Section section) {
        String chip = section.text("chip");
        String line = section.textOrNumber("line");
        boolean activeLow = section.bool("active_low", false);
        GpioInput.Bias bias = section.choice("bias", GpioInput.Bias.AS_IS);
        long pulse =
                section.integer("min_pulse_ms", 1, MAX_MILLIS, PulseRule.USUAL.width().toMillis());
        long pause =
                section.integer("min_pause_ms", 1, MAX_MILLIS, PulseRule.USUAL.pause().toMillis());
        return () ->
                new GpioConfig(
                        chip,
                        line,
                        activeLow,
                        bias,
                        new PulseRule(Duration.ofMillis(pulse), Duration.ofMillis(pause)));
    }

    /// What only one meter can have.
    String device() {
        return "line %s of %s".formatted(line, chip);
    }

    /// Another line is another source; another setting of the same line is not.
    String fingerprint() {
        return "gpio %s line %s".formatted(chip, line);
    }

    GpioInput input(MeterEntry meter) {
        return new GpioInput(chip, line, activeLow, bias, rule, pulsesPerHour(meter));
    }

    /// At the meter's rated power, rounded up.
    private static long pulsesPerHour(MeterEntry meter) {
        return Math.ceilDiv(
                (long) meter.constant().pulsesPerKilowattHour() * meter.ratedPowerWatts(),
                WATTS_PER_KILOWATT);
    }
}
