package energy.cryptometer.firmware;

import energy.cryptometer.command.Terminal;
import energy.cryptometer.firmware.config.FirmwareConfig;
import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalView;
import energy.cryptometer.firmware.status.MeterStatus;
import energy.cryptometer.firmware.status.RuntimeStatus;
import energy.cryptometer.ledger.community.MeterEntry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cryptometer status`: reads the journal and what the running program last wrote; needs no key
/// and disturbs nothing.
@Command(name = "status", description = "Shows what is counted, signed, sent and proven.")
final class StatusCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The meter's configuration.")
    private Path config = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        FirmwareConfig configuration = FirmwareConfig.read(config);
        return Failures.inWords(() -> show(configuration));
    }

    private int show(FirmwareConfig configuration) {
        PrintWriter out = terminal.out();
        try (JournalView journal = Journal.openReadOnly(configuration.journal())) {
            MeterEntry meter = MeterSetup.entry(configuration.genesis(), journal.account());
            MeterStatus status =
                    new MeterStatus(
                            journal.account(),
                            meter.constant(),
                            journal.counts(),
                            journal.cursors().signedId(),
                            RuntimeStatus.read(configuration.journal()),
                            Instant.now());
            out.print(json ? status.json() + "\n" : status.text());
        }
        return 0;
    }
}
