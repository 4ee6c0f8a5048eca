package energy.cryptometer.firmware;

import energy.cryptometer.firmware.config.BoardConfig;
import energy.cryptometer.firmware.config.BoardSettings;
import energy.cryptometer.firmware.config.FirmwareConfig;
import energy.cryptometer.firmware.health.BoardHealth;
import energy.cryptometer.firmware.health.Disk;
import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalView;
import energy.cryptometer.firmware.status.MeterStatus;
import energy.cryptometer.firmware.status.RuntimeStatus;
import energy.cryptometer.hal.board.Supply;
import energy.cryptometer.hal.clock.LinuxClock;
import energy.cryptometer.ledger.community.MeterEntry;
import java.time.Instant;
import java.util.List;

/// What `status`, `top` and `metrics` show: read from the journals and from what the running
/// program last wrote, without asking it. Needs no key.
final class MeterStates {
    private MeterStates() {}

    static List<MeterStatus> read(BoardConfig board) {
        return board.meters().stream().map(meter -> of(meter, board.settings())).toList();
    }

    static BoardHealth board(BoardConfig board) {
        return BoardHealth.now(
                LinuxClock.ofThisMachine(),
                Supply.ofThisBoard(),
                Disk.of(board.meters().stream().map(FirmwareConfig::journal).toList()));
    }

    private static MeterStatus of(FirmwareConfig meter, BoardSettings settings) {
        try (JournalView journal = Journal.openReadOnly(meter.journal())) {
            MeterEntry entry = MeterSetup.entry(meter.genesis(), journal.account());
            return new MeterStatus(
                    journal.account(),
                    entry.serial(),
                    entry.constant(),
                    journal.starts(),
                    journal.counts(),
                    journal.cursors().signedId(),
                    RuntimeStatus.read(settings.statusFile(meter.journal())),
                    Instant.now());
        }
    }
}
