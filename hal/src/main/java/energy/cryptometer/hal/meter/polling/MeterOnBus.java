package energy.cryptometer.hal.meter.polling;

import energy.cryptometer.hal.meter.model.MeterModel;
import energy.cryptometer.hal.meter.model.MeterModel.Direction;
import energy.cryptometer.hal.modbus.ReadRequest;

/// One meter on a serial line: what it is, its unit id (1 to 247), which of its two totals is
/// counted, and what bounds its pulses.
public record MeterOnBus(MeterModel model, int unitId, Direction direction, MeterRating rating) {
    public MeterOnBus {
        if (unitId < 1 || unitId > ReadRequest.LAST_UNIT) {
            throw new IllegalArgumentException(
                    "unit id "
                            + unitId
                            + " is outside 1 to "
                            + ReadRequest.LAST_UNIT
                            + "; see the meter's display");
        }
    }

    /// The same meter, the other total.
    public MeterOnBus opposite() {
        return new MeterOnBus(model, unitId, direction.opposite(), rating);
    }

    public String description() {
        return model.manufacturer() + " " + model.model() + " unit " + unitId;
    }

    public ReadRequest request() {
        return new ReadRequest(
                unitId,
                model.function(),
                model.register(direction),
                model.format().type().words(),
                model.pause(),
                model.timeout());
    }
}
