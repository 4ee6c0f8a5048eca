package energy.cryptometer.firmware.config;

import energy.cryptometer.command.configuration.Section;
import energy.cryptometer.firmware.profile.ProfileColumns;
import energy.cryptometer.firmware.profile.TimeLapse;
import energy.cryptometer.hal.meter.MeterModel;
import energy.cryptometer.hal.meter.MeterModels;
import energy.cryptometer.hal.meter.SerialSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Reads the section `[source]`.
final class SourceReader {
    private static final int MAX_UNIT = 247;
    private static final int MAX_POLL_SECONDS = 3600;

    private SourceReader() {}

    private enum Type {
        PROFILE,
        MODBUS
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
        };
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
        String port = section.text("port");
        int unit = (int) section.integer("unit", 1, MAX_UNIT, 1);
        long poll = section.integer("poll_seconds", 1, MAX_POLL_SECONDS, 1);
        MeterModel.Direction direction = section.choice("direction", MeterModel.Direction.EXPORT);
        Optional<MeterModel> model = model(section);
        long baud = section.integer("baud", 0, Integer.MAX_VALUE, baud(model));
        long stopBits = section.integer("stop_bits", 1, 2, stopBits(model));
        SerialSettings.Parity parity = section.choice("parity", parity(model));
        if (section.has("baud") && !SerialSettings.BAUDS.contains((int) baud)) {
            section.refuse(
                    "baud",
                    "is %d, allowed %s".formatted(baud, new TreeSet<>(SerialSettings.BAUDS)));
        }
        return () ->
                new SourceConfig.OfModbus(
                        new SourceConfig.OfModbus.Bus(
                                port,
                                new SerialSettings((int) baud, parity, (int) stopBits),
                                Duration.ofSeconds(poll)),
                        model.orElseThrow(),
                        unit,
                        direction);
    }

    private static Optional<MeterModel> model(Section section) {
        String name = section.text("model");
        Optional<MeterModel> model = MeterModels.named(name);
        if (model.isEmpty() && section.isSound("model")) {
            section.refuse(
                    "model",
                    "is '%s', known are %s"
                            .formatted(name, String.join(", ", MeterModels.names())));
        }
        return model;
    }

    private static int baud(Optional<MeterModel> model) {
        return model.map(m -> m.serial().baud()).orElse(9600);
    }

    private static int stopBits(Optional<MeterModel> model) {
        return model.map(m -> m.serial().stopBits()).orElse(1);
    }

    private static SerialSettings.Parity parity(Optional<MeterModel> model) {
        return model.map(m -> m.serial().parity()).orElse(SerialSettings.Parity.NONE);
    }

    private static void check(Section section, String key, Supplier<?> value) {
        try {
            Object _ = value.get();
        } catch (IllegalArgumentException refusal) {
            section.refuse(key, "is refused: " + refusal.getMessage());
        }
    }
}
