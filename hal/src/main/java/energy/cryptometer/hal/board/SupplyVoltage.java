package energy.cryptometer.hal.board;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The board's supply voltage, as the firmware of a Raspberry Pi watches it (kernel driver
/// raspberrypi-hwmon): below about 4.63 V since the kernel last asked, which it does every 2 s.
/// Other boards do not say.
public final class SupplyVoltage {
    private static final Path HWMON = Path.of("/sys/class/hwmon");
    private static final String DRIVER = "rpi_volt";
    private static final String ALARM = "in0_lcrit_alarm";

    private final Optional<Path> alarm;

    private SupplyVoltage(Optional<Path> alarm) {
        this.alarm = alarm;
    }

    public static SupplyVoltage ofThisBoard() {
        return in(HWMON);
    }

    static SupplyVoltage in(Path hwmon) {
        try (DirectoryStream<Path> sensors = Files.newDirectoryStream(hwmon)) {
            for (Path sensor : sensors) {
                if (DRIVER.equals(text(sensor.resolve("name")).orElse(""))) {
                    return new SupplyVoltage(Optional.of(sensor.resolve(ALARM)));
                }
            }
        } catch (IOException _) {
            return new SupplyVoltage(Optional.empty()); // a machine without sensors
        }
        return new SupplyVoltage(Optional.empty());
    }

    /// Whether the board says anything about its supply.
    public boolean isWatched() {
        return alarm.isPresent();
    }

    /// Whether the supply is, or within the last seconds was, too low.
    public boolean isTooLow() {
        return alarm.flatMap(SupplyVoltage::text).filter("1"::equals).isPresent();
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
