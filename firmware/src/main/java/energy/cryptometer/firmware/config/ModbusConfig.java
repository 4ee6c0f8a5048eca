package energy.cryptometer.firmware.config;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.configuration.Section;
import energy.cryptometer.hal.meter.model.MeterModel;
import energy.cryptometer.hal.meter.model.MeterModels;
import energy.cryptometer.hal.meter.polling.MeterOnBus;
import energy.cryptometer.hal.meter.polling.MeterRating;
import energy.cryptometer.hal.modbus.ModbusClient;
import energy.cryptometer.hal.modbus.SerialSettings;
import energy.cryptometer.hal.modbus.SharedLine;
import energy.cryptometer.ledger.community.MeterEntry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/// A meter on a serial line:
///
/// ```toml
/// model = "eastron-sdm120"       # see `cryptometer meter models`
/// port = "/dev/serial/by-id/usb-FTDI_..."
/// unit = 1
/// direction = "export"           # or "import": which of the two totals is meant; no default
/// poll_seconds = 1
/// baud = 9600                    # baud, parity, stop_bits, gap_ms: as the meter left its factory
/// parity = "none"
/// stop_bits = 1
/// gap_ms = 100                   # silence before each request
/// ```
public record ModbusConfig(
        String port,
        SerialSettings settings,
        Duration poll,
        MeterModel model,
        int unit,
        MeterModel.Direction direction) {
    private static final int MAX_UNIT = 247;
    private static final int MAX_POLL_SECONDS = 3600;
    private static final int MAX_GAP_MILLIS = 10_000;

    static Supplier<ModbusConfig> read(Section section) {
        String port = section.text("port");
        int unit = (int) section.integer("unit", 1, MAX_UNIT, 1);
        long poll = section.integer("poll_seconds", 1, MAX_POLL_SECONDS, 1);
        MeterModel.Direction direction = section.choice("direction", MeterModel.Direction.class);
        Optional<MeterModel> model = model(section);
        SerialSettings usual =
                model.map(MeterModel::serial)
                        .orElse(new SerialSettings(9600, SerialSettings.Parity.NONE, 1));
        long usualGap = model.map(MeterModel::pause).orElse(Duration.ZERO).toMillis();
        long baud = section.integer("baud", 0, Integer.MAX_VALUE, usual.baud());
        long stopBits = section.integer("stop_bits", 1, 2, usual.stopBits());
        SerialSettings.Parity parity = section.choice("parity", usual.parity());
        long gap = section.integer("gap_ms", 0, MAX_GAP_MILLIS, usualGap);
        if (section.has("baud") && !SerialSettings.BAUDS.contains((int) baud)) {
            section.refuse(
                    "baud",
                    "is %d, allowed %s".formatted(baud, new TreeSet<>(SerialSettings.BAUDS)));
        }
        return () ->
                new ModbusConfig(
                        port,
                        new SerialSettings((int) baud, parity, (int) stopBits),
                        Duration.ofSeconds(poll),
                        model.orElseThrow().withPause(Duration.ofMillis(gap)),
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

    /// Another meter, unit or total is another source.
    String fingerprint() {
        return "modbus %s unit %d %s"
                .formatted(model.name(), unit, direction.name().toLowerCase(Locale.ROOT));
    }

    MeterOnBus onBus(MeterEntry meter) {
        return new MeterOnBus(
                model,
                unit,
                direction,
                new MeterRating(meter.constant().pulsesPerKilowattHour(), meter.ratedPowerWatts()));
    }

    /// A hold on the line, which other meters of this program may share.
    ///
    /// @throws CommandFailure CONFIG if another meter has the line at other settings
    ModbusClient line() {
        try {
            return SharedLine.at(port, settings);
        } catch (IllegalArgumentException conflict) {
            throw new CommandFailure(
                    ExitCode.CONFIG, String.valueOf(conflict.getMessage()), conflict);
        }
    }
}
