package energy.cryptometer.firmware;

import energy.cryptometer.command.Json;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.firmware.config.BoardConfig;
import energy.cryptometer.firmware.config.BoardSettings;
import energy.cryptometer.firmware.config.FirmwareConfig;
import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalView;
import energy.cryptometer.firmware.status.MeterStatus;
import energy.cryptometer.firmware.status.RuntimeStatus;
import energy.cryptometer.ledger.community.MeterEntry;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            paramLabel = "FILE|FOLDER",
            description = "A meter's configuration, or the folder of a board.")
    private Path config = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        BoardConfig configuration = BoardConfig.read(config);
        return Failures.inWords(() -> show(configuration));
    }

    private int show(BoardConfig configuration) {
        PrintWriter out = terminal.out();
        List<MeterStatus> meters =
                configuration.meters().stream()
                        .map(meter -> of(meter, configuration.settings()))
                        .toList();
        if (!Files.isDirectory(config)) {
            out.print(json ? meters.getFirst().json() + "\n" : meters.getFirst().text());
        } else if (json) {
            out.println(
                    Json.object()
                            .put("schema", 1)
                            .put("meters", meters.stream().map(MeterStatus::json).toList()));
        } else {
            out.print(meters.stream().map(MeterStatus::text).collect(Collectors.joining("\n")));
        }
        return 0;
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
