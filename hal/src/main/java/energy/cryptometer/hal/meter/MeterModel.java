package energy.cryptometer.hal.meter;

import java.time.Duration;
import java.util.List;

/// A kind of meter, as its data file describes it.
///
/// `name` is the file's name, `source` says where the facts come from. `function` is the Modbus
/// function that reads the registers: 3 (holding) or 4 (input). Registers are wire addresses,
/// counted from 0. The first of `bauds` is the factory setting. `pause` is the silence the meter
/// wants between two requests, `timeout` the longest it may take to answer.
public record MeterModel(
        String name,
        String manufacturer,
        String model,
        String source,
        int function,
        RegisterFormat format,
        int importRegister,
        int exportRegister,
        SerialSettings serial,
        List<Integer> bauds,
        Duration pause,
        Duration timeout) {
    /// Which way the energy flows, seen from the grid's customer.
    public enum Direction {
        /// Drawn from the grid, or consumed.
        IMPORT,
        /// Fed into the grid, or produced.
        EXPORT
    }

    public MeterModel {
        bauds = List.copyOf(bauds);
    }

    /// The total register of that direction.
    public int register(Direction direction) {
        return switch (direction) {
            case IMPORT -> importRegister;
            case EXPORT -> exportRegister;
        };
    }
}
