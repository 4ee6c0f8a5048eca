package energy.cryptometer.hal.pi4j;

/// One line of the board.
///
/// @param chip path (`/dev/gpiochip0`) or label (`pinctrl-bcm2711`) of the GPIO chip
/// @param line number from 0 or name (`GPIO5`) of the line
/// @param activeLow whether low is on
public record PinSettings(String chip, String line, boolean activeLow) {
    @Override
    public String toString() {
        return "line " + line + " of " + chip;
    }
}
