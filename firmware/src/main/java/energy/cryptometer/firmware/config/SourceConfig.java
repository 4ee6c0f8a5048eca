package energy.cryptometer.firmware.config;

import energy.cryptometer.firmware.profile.Profile;
import energy.cryptometer.firmware.profile.ProfileColumns;
import energy.cryptometer.firmware.profile.ProfileReader;
import energy.cryptometer.firmware.profile.ProfileSource;
import energy.cryptometer.firmware.profile.TimeLapse;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.gpio.GpioInput;
import energy.cryptometer.hal.gpio.GpioPulseSource;
import energy.cryptometer.hal.meter.counting.ModbusMeterSource;
import energy.cryptometer.hal.meter.crosscheck.CrossCheckedSource;
import energy.cryptometer.hal.meter.crosscheck.PolledRegister;
import energy.cryptometer.hal.meter.polling.MeterOnBus;
import energy.cryptometer.hal.modbus.ModbusClient;
import energy.cryptometer.hal.panel.StatusLed;
import energy.cryptometer.hal.pi4j.Pi4jBoard;
import energy.cryptometer.hal.pi4j.Pi4jPulseSource;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.hal.systemd.Systemd;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.transaction.PulseStatus;
import energy.cryptometer.timing.TimeSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Where the pulses come from:
///
/// ```toml
/// [source]                       # a meter on a serial line
/// type = "modbus"
/// model = "eastron-sdm120"
/// port = "/dev/serial/by-id/usb-FTDI_..."
/// unit = 1
/// direction = "export"           # or "import": which of the two totals is counted
/// poll_seconds = 1               # baud, parity, stop_bits, gap_ms: see ModbusConfig
///
/// [source]                       # a meter's pulse contact
/// type = "gpio"
/// chip = "/dev/gpiochip0"        # path or label
/// line = 17                      # number or name; active_low, bias, ...: see GpioConfig
///
/// [source]                       # the same through Pi4J, where nothing else reaches the line
/// type = "gpio-pi4j"             # keys as for gpio; what Pi4jPulseSource cannot do
///
/// [reference_register]             # beside a contact: the register of the same meter, compared
/// model = "eastron-sdm120"       # keys as for a modbus source, see ModbusConfig
///
/// [source]                       # measured power from a file, for trials
/// type = "profile"
/// file = "profile.csv"
/// column = "power_w"
/// time_column = "timestamp_end"
/// time_lapse = 60                # an hour in a minute
/// start = 2026-11-22T10:00:00Z   # without it, when the meter is first started
/// ```
public sealed interface SourceConfig {
    /// Reads what the source needs before the journal can be opened. Touches no device.
    ///
    /// @throws energy.cryptometer.firmware.profile.ProfileException if the file is refused
    Ready prepare(MeterEntry meter);

    /// What only one meter of a board can have, in a few words: a line, a unit on a bus.
    default Optional<String> device() {
        return Optional.empty();
    }

    /// A source that can be opened once the journal has said where it goes on.
    ///
    /// @param fingerprint for the journal: another meter or profile is another source
    /// @param status what every pulse of it says of itself
    record Ready(String fingerprint, PulseStatus status, Opening opening) {
        /// Opens the line, the port or the file's replay.
        public PulseSource open(Surroundings around, SourceState state) {
            return opening.open(around, state);
        }
    }

    /// How a source is opened on a board, to go on from a state.
    @FunctionalInterface
    interface Opening {
        PulseSource open(Surroundings around, SourceState state);
    }

    /// What the board has for every source.
    ///
    /// @param supervisor keeps the descriptors of contacts when the program dies
    /// @param pi4j gives lines to those who ask
    /// @param light is flashed by each pulse
    record Surroundings(
            BoardClock clock,
            TimeSource time,
            Systemd supervisor,
            Pi4jBoard pi4j,
            StatusLed light) {
        /// A board without a light.
        public Surroundings(BoardClock clock, TimeSource time, Systemd supervisor) {
            this(clock, time, supervisor, Pi4jBoard.ofThisMachine(), StatusLed.NONE);
        }
    }

    /// Measured power from a file.
    record OfProfile(Path file, ProfileColumns columns, TimeLapse lapse, Optional<Instant> start)
            implements SourceConfig {
        @Override
        public Ready prepare(MeterEntry meter) {
            Profile profile = ProfileReader.read(file, columns, meter.constant());
            ProfileSource.Replay replay = new ProfileSource.Replay(profile, lapse, start);
            return new Ready(
                    replay.fingerprint(),
                    PulseStatus.REPLAYED,
                    (around, state) ->
                            ProfileSource.open(replay, around.clock(), around.time(), state));
        }
    }

    /// The total register of a meter on a serial line.
    record OfModbus(ModbusConfig modbus) implements SourceConfig {
        @Override
        public Optional<String> device() {
            return Optional.of(
                    "the %s register of unit %d at %s"
                            .formatted(
                                    modbus.direction().name().toLowerCase(Locale.ROOT),
                                    modbus.unit(),
                                    modbus.port()));
        }

        @Override
        public Ready prepare(MeterEntry meter) {
            return new Ready(
                    modbus.fingerprint(),
                    PulseStatus.REGISTER,
                    (around, state) ->
                            ModbusMeterSource.open(
                                    modbus.onBus(meter),
                                    modbus.line(),
                                    around.clock(),
                                    state,
                                    modbus.poll()));
        }
    }

    /// The pulse contact of a meter on a GPIO line.
    record OfGpio(GpioConfig gpio) implements SourceConfig {
        @Override
        public Optional<String> device() {
            return Optional.of(gpio.device());
        }

        @Override
        public Ready prepare(MeterEntry meter) {
            return new Ready(
                    gpio.fingerprint(),
                    PulseStatus.CONTACT,
                    (around, state) ->
                            GpioPulseSource.open(
                                    gpio.input(meter), around.supervisor(), around.clock(), state));
        }
    }

    /// The same contact, through Pi4J. It goes on with the journal of the other, and the other way
    /// round: the meter is the same.
    record OfPi4j(GpioConfig gpio) implements SourceConfig {
        @Override
        public Optional<String> device() {
            return Optional.of(gpio.device());
        }

        @Override
        public Ready prepare(MeterEntry meter) {
            return new Ready(
                    gpio.fingerprint(),
                    PulseStatus.CONTACT,
                    (around, state) -> {
                        GpioInput line = gpio.input(meter);
                        GpioPulseSource.letGo(line, around.supervisor());
                        return Pi4jPulseSource.open(around.pi4j(), line, around.clock(), state);
                    });
        }
    }

    /// A contact, and the register of the same meter that it is compared with.
    record OfCrossChecked(SourceConfig source, ModbusConfig reference) implements SourceConfig {
        private static final String EDITION = "2014/32/EU";

        @Override
        public Optional<String> device() {
            return source.device();
        }

        @Override
        public Ready prepare(MeterEntry meter) {
            Ready contact = source.prepare(meter);
            return new Ready(
                    contact.fingerprint(), // a reference register may come and go
                    contact.status(),
                    (around, state) -> {
                        PulseSource pulses = contact.open(around, state);
                        try {
                            return watched(pulses, meter, around, state);
                        } catch (RuntimeException e) {
                            pulses.close();
                            throw e;
                        }
                    });
        }

        private PulseSource watched(
                PulseSource pulses, MeterEntry meter, Surroundings around, SourceState state) {
            MeterOnBus register = reference.onBus(meter);
            int error = MaximumErrors.perMille(EDITION, meter.midClass());
            ModbusClient line = reference.line();
            return CrossCheckedSource.of(
                    pulses,
                    PolledRegister.start(register, line, around.clock(), reference.poll()),
                    register.rating(),
                    error,
                    state);
        }
    }
}
