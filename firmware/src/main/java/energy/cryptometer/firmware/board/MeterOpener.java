package energy.cryptometer.firmware.board;

import energy.cryptometer.firmware.config.FirmwareConfig;
import java.time.Instant;

/// Where a board gets its meters from: the program opens files, tokens and sockets, a simulation
/// has what it needs in memory.
public interface MeterOpener {
    /// Opens journal, key and source of a meter.
    Meter open(FirmwareConfig config);

    /// The nodes of a meter that is open.
    Meter.Nodes nodes(FirmwareConfig config, Instant now);
}
