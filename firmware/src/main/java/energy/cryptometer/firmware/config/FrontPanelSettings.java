package energy.cryptometer.firmware.config;

import energy.cryptometer.command.configuration.Configuration;
import energy.cryptometer.command.configuration.Section;
import energy.cryptometer.hal.pi4j.PinSettings;
import java.util.Optional;

/// What a person at the cabinet sees and touches, in `board.toml`:
///
/// ```toml
/// [led]
/// chip = "/dev/gpiochip0"   # path or label; this is the default
/// line = 5                  # number or name: the BCM number on a Raspberry Pi
/// active_low = false        # high is on
///
/// [tamper]
/// line = 6
/// active_low = false        # low is well: the lid is on
/// ```
///
/// @param led the status LED
/// @param tamper the switch under the lid, read with a pull-up
public record FrontPanelSettings(Optional<PinSettings> led, Optional<PinSettings> tamper) {
    /// A board without LED and switch.
    public static final FrontPanelSettings NONE =
            new FrontPanelSettings(Optional.empty(), Optional.empty());

    private static final String CHIP = "/dev/gpiochip0";

    static FrontPanelSettings read(Configuration configuration) {
        return new FrontPanelSettings(
                configuration.optionalSection("led").map(FrontPanelSettings::pin),
                configuration.optionalSection("tamper").map(FrontPanelSettings::pin));
    }

    private static PinSettings pin(Section section) {
        return new PinSettings(
                section.text("chip", CHIP),
                section.textOrNumber("line"),
                section.bool("active_low", false));
    }
}
