package energy.cryptometer.hal.meter;

import energy.cryptometer.hal.meter.MeterModel.Direction;

/// One meter on a serial line: what it is, its unit id (1 to 247), which of its two totals is
/// counted, and what bounds its pulses.
public record MeterOnBus(MeterModel model, int unitId, Direction direction, MeterRating rating) {
    static final int LAST_UNIT = 247;

    public MeterOnBus {
        if (unitId < 1 || unitId > LAST_UNIT) {
            throw new IllegalArgumentException(
                    "unit id "
                            + unitId
                            + " is outside 1 to "
                            + LAST_UNIT
                            + "; see the meter's display");
        }
    }

    /// The same meter, the other total.
    MeterOnBus opposite() {
        return new MeterOnBus(model, unitId, direction.opposite(), rating);
    }

    String description() {
        return model.manufacturer() + " " + model.model() + " unit " + unitId;
    }

    RegisterRequest request() {
        return new RegisterRequest(
                unitId,
                model.function(),
                model.register(direction),
                model.format().type().words(),
                model.pause(),
                model.timeout());
    }
}
