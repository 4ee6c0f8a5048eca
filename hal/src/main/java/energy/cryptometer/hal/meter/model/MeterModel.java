package energy.cryptometer.hal.meter.model;

import energy.cryptometer.hal.modbus.SerialSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A kind of meter, as its data file describes it.
///
/// `name` is the file's name, `source` says where the facts come from. `function` is the Modbus
/// function that reads the registers: 3 (holding) or 4 (input). Registers are wire addresses,
/// counted from 0. `identity` is empty where no register is known by which the meter says what it
/// is. The first of `bauds` is the factory setting. `pause` is the silence the meter wants between
/// two requests, `timeout` the longest it may take to answer.
public record MeterModel(
        String name,
        String manufacturer,
        String model,
        String source,
        int function,
        RegisterFormat format,
        int importRegister,
        int exportRegister,
        Optional<MeterIdentity> identity,
        SerialSettings serial,
        List<Integer> bauds,
        Duration pause,
        Duration timeout) {
    /// Which way the energy flows, seen from the grid's customer.
    public enum Direction {
        /// Drawn from the grid, or consumed.
        IMPORT,
        /// Fed into the grid, or produced.
        EXPORT;

        /// The other one.
        public Direction opposite() {
            return this == IMPORT ? EXPORT : IMPORT;
        }
    }

    public MeterModel {
        bauds = List.copyOf(bauds);
    }

    /// The same meter with another pause between two requests.
    public MeterModel withPause(Duration other) {
        return new MeterModel(
                name,
                manufacturer,
                model,
                source,
                function,
                format,
                importRegister,
                exportRegister,
                identity,
                serial,
                bauds,
                other,
                timeout);
    }

    /// The total register of that direction.
    public int register(Direction direction) {
        return switch (direction) {
            case IMPORT -> importRegister;
            case EXPORT -> exportRegister;
        };
    }
}
