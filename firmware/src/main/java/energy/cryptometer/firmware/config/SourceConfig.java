package energy.cryptometer.firmware.config;

import energy.cryptometer.firmware.profile.Profile;
import energy.cryptometer.firmware.profile.ProfileColumns;
import energy.cryptometer.firmware.profile.ProfileReader;
import energy.cryptometer.firmware.profile.ProfileSource;
import energy.cryptometer.firmware.profile.TimeLapse;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.meter.ModbusMeterSource;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.transaction.PulseStatus;
import java.nio.file.Path;
import java.time.Instant;
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

    /// A source that can be opened once the journal has said where it goes on.
    interface Ready {
        /// For the journal: another meter or profile is another source.
        String fingerprint();

        /// What every pulse of it says of itself.
        PulseStatus status();

        PulseSource open(BoardClock clock, SourceState state);
    }

    /// Measured power from a file.
    record OfProfile(Path file, ProfileColumns columns, TimeLapse lapse, Optional<Instant> start)
            implements SourceConfig {
        @Override
        public Ready prepare(MeterEntry meter) {
            Profile profile = ProfileReader.read(file, columns, meter.constant());
            ProfileSource.Replay replay = new ProfileSource.Replay(profile, lapse, start);
            return new Ready() {
                @Override
                public String fingerprint() {
                    return replay.fingerprint();
                }

                @Override
                public PulseStatus status() {
                    return PulseStatus.REPLAYED;
                }

                @Override
                public PulseSource open(BoardClock clock, SourceState state) {
                    return ProfileSource.open(replay, clock, state);
                }
            };
        }
    }

    /// The total register of a meter on a serial line.
    record OfModbus(ModbusConfig modbus) implements SourceConfig {
        @Override
        public Ready prepare(MeterEntry meter) {
            return new Ready() {
                @Override
                public String fingerprint() {
                    return modbus.fingerprint();
                }

                @Override
                public PulseStatus status() {
                    return PulseStatus.REGISTER;
                }

                @Override
                public PulseSource open(BoardClock clock, SourceState state) {
                    return ModbusMeterSource.open(
                            modbus.onBus(meter), modbus.line(), clock, state, modbus.poll());
                }
            };
        }
    }
}
