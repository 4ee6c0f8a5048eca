package energy.cryptometer.firmware.config;

import energy.cryptometer.command.configuration.Section;
import energy.cryptometer.firmware.profile.ProfileColumns;
import energy.cryptometer.firmware.profile.TimeLapse;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads the section `[source]`.
final class SourceReader {
    private SourceReader() {}

    private enum Type {
        PROFILE,
        MODBUS,
        GPIO,
        GPIO_PI4J
    }

    /// What is read may be asked for once the configuration is known to be sound.
    static Supplier<SourceConfig> read(Section section) {
        Type type = section.choice("type", Type.class);
        if (!section.isSound("type")) {
            return () -> {
                throw new IllegalStateException("the source is not sound");
            };
        }
        return switch (type) {
            case PROFILE -> profile(section);
            case MODBUS -> modbus(section);
            case GPIO -> gpio(section);
            case GPIO_PI4J -> pi4j(section);
        };
    }

    /// The same with a register beside it.
    static Supplier<SourceConfig> read(Section section, Optional<Section> reference) {
        Supplier<SourceConfig> source = read(section);
        if (reference.isEmpty()) {
            return source;
        }
        Supplier<ModbusConfig> register = ModbusConfig.read(reference.get());
        boolean isRegister =
                section.optionalChoice("type", Type.class).filter(Type.MODBUS::equals).isPresent();
        if (isRegister && section.isSound("type")) {
            reference
                    .get()
                    .refuse(
                            "model",
                            "is for a contact, and this source is a register itself:"
                                    + " leave [reference_register] out");
        }
        return () -> new SourceConfig.OfCrossChecked(source.get(), register.get());
    }

    private static Supplier<SourceConfig> profile(Section section) {
        Path file = section.path("file");
        String column = section.text("column");
        String timeColumn = section.text("time_column", ProfileColumns.TIMESTAMP_END);
        Optional<Instant> start = section.optionalInstant("start");
        BigDecimal lapse =
                section.decimal("time_lapse", TimeLapse.LEAST, TimeLapse.MOST, BigDecimal.ONE);
        if (section.isSound("column") && column.equals(timeColumn)) {
            section.refuse("column", "is the time column '%s' too".formatted(timeColumn));
        }
        if (section.isSound("time_lapse")) {
            check(section, "time_lapse", () -> new TimeLapse(lapse));
        }
        return () ->
                new SourceConfig.OfProfile(
                        file,
                        new ProfileColumns(column, timeColumn),
                        new TimeLapse(lapse),
                        start.map(instant -> instant.truncatedTo(ChronoUnit.MILLIS)));
    }

    private static Supplier<SourceConfig> modbus(Section section) {
        Supplier<ModbusConfig> modbus = ModbusConfig.read(section);
        return () -> new SourceConfig.OfModbus(modbus.get());
    }

    private static Supplier<SourceConfig> gpio(Section section) {
        Supplier<GpioConfig> gpio = GpioConfig.read(section);
        return () -> new SourceConfig.OfGpio(gpio.get());
    }

    private static Supplier<SourceConfig> pi4j(Section section) {
        Supplier<GpioConfig> gpio = GpioConfig.read(section);
        return () -> new SourceConfig.OfPi4j(gpio.get());
    }

    private static void check(Section section, String key, Supplier<?> value) {
        try {
            Object _ = value.get();
        } catch (IllegalArgumentException refusal) {
            section.refuse(key, "is refused: " + refusal.getMessage());
        }
    }
}
