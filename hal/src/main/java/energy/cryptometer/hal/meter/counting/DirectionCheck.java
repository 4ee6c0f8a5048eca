package energy.cryptometer.hal.meter.counting;

import energy.cryptometer.hal.meter.polling.MeterOnBus;
import energy.cryptometer.hal.meter.polling.RegisterReading;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Whether the right one of a meter's two totals is counted. Counting the other one is a mistake of
/// wiring or configuration that no single reading shows: a production meter whose import grows.
///
/// From the first readings on both totals are compared until the counted one grows; then all is
/// well for good. While it stands, a growth of the other one by ten pulses and two steps of the
/// register, up to a total above the counted one, is a doubt. The night's consumption of an
/// inverter that has produced for years is none. Pure; registers in milliwatt-hours.
final class DirectionCheck {
    private static final int PULSES = 10;
    private static final int STEPS = 2;

    private final MeterOnBus meter;
    private OptionalLong start = OptionalLong.empty();
    private OptionalLong otherStart = OptionalLong.empty();
    private boolean settled;
    private Optional<String> doubt = Optional.empty();

    DirectionCheck(MeterOnBus meter) {
        this.meter = meter;
    }

    /// The counted total now. Whether the other total should be read, too.
    boolean wantsOther(long register) {
        if (start.isEmpty()) {
            start = OptionalLong.of(register);
        } else if (register > start.getAsLong()) {
            settled = true;
            doubt = Optional.empty();
        } else if (register < start.getAsLong()) {
            start = OptionalLong.of(register); // another register: begin again
            otherStart = OptionalLong.empty();
        }
        return !settled;
    }

    /// The other total now, while the counted one stands as it stood.
    void other(RegisterReading other) {
        if (otherStart.isEmpty() || other.milliwattHours() < otherStart.getAsLong()) {
            otherStart = OptionalLong.of(other.milliwattHours());
        }
        long growth = other.milliwattHours() - otherStart.getAsLong();
        long much = Math.max(PULSES * meter.rating().quantum(), STEPS * other.resolution());
        if (growth >= much && other.milliwattHours() > start.orElse(0)) {
            doubt = Optional.of(line(growth, other.milliwattHours()));
        }
    }

    private String line(long growth, long other) {
        String counted = meter.direction().name().toLowerCase(Locale.ROOT);
        String growing = meter.direction().opposite().name().toLowerCase(Locale.ROOT);
        return "the %s register grows (%d mWh, by %d mWh since the start), the %s register does not (%d mWh): is the meter wired or configured the other way round?"
                .formatted(growing, other, growth, counted, start.orElse(0));
    }

    /// One line, while there is a doubt.
    Optional<String> doubt() {
        return doubt;
    }
}
