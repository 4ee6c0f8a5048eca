package energy.cryptometer.firmware.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.firmware.config.BoardConfig;
import energy.cryptometer.firmware.config.BoardSettings;
import energy.cryptometer.firmware.config.FirmwareConfig;
import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalView;
import energy.cryptometer.firmware.status.BoardHealth;
import energy.cryptometer.firmware.status.Disk;
import energy.cryptometer.firmware.status.MeterStatus;
import energy.cryptometer.firmware.status.RuntimeStatus;
import energy.cryptometer.hal.board.SupplyVoltage;
import energy.cryptometer.hal.clock.LinuxClock;
import energy.cryptometer.ledger.community.MeterEntry;
import java.util.ArrayList;
import java.util.List;

/// What `status`, `top` and `metrics` show: read from the journals and from what the running
/// program last wrote, without asking it. Needs no key.
///
/// @param meters those whose journal can be read, at least one
/// @param unreadable why the others cannot be shown
record MeterStates(List<MeterStatus> meters, List<CommandFailure> unreadable) {
    /// Looks at every meter: one that is broken hides no other.
    ///
    /// @throws CommandFailure if none can be read
    static MeterStates read(BoardConfig board) throws InterruptedException {
        List<MeterStatus> meters = new ArrayList<>();
        List<CommandFailure> unreadable = new ArrayList<>();
        for (FirmwareConfig meter : board.meters()) {
            try {
                meters.add(ExitCodes.inWords(() -> of(meter, board.settings())));
            } catch (CommandFailure failure) {
                unreadable.add(failure);
            }
        }
        MeterStates states = new MeterStates(List.copyOf(meters), List.copyOf(unreadable));
        if (meters.isEmpty()) {
            states.orFail();
        }
        return states;
    }

    /// For the end of a command, when what can be shown is shown.
    ///
    /// @throws CommandFailure if a meter could not be read: a line for each, the code of the first
    void orFail() {
        if (!unreadable.isEmpty()) {
            throw new CommandFailure(
                    unreadable.getFirst().exitCode(),
                    String.join(System.lineSeparator(), why()),
                    unreadable.getFirst());
        }
    }

    /// What could not be read, one line each.
    List<String> why() {
        return unreadable.stream().map(CommandFailure::text).toList();
    }

    static BoardHealth board(BoardConfig board) {
        return BoardHealth.now(
                LinuxClock.ofThisMachine(),
                SupplyVoltage.ofThisBoard(),
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
                    LinuxClock.ofThisMachine().read());
        }
    }
}
