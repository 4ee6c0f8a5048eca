package energy.cryptometer.firmware.program;

import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.Json;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.firmware.config.BoardConfig;
import energy.cryptometer.firmware.status.BoardHealth;
import energy.cryptometer.firmware.status.MeterStatus;
import energy.cryptometer.hal.pi4j.Pi4jBoard;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cryptometer status`: reads the journal and what the running program last wrote; needs no key
/// and disturbs nothing.
@Command(
        name = "status",
        description = {
            "Shows what is counted, signed, sent and proven.",
            "Ends with 69 while the program runs and an input is away: nothing is counted there."
        })
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
        MeterStates states = MeterStates.read(configuration);
        show(configuration, states);
        terminal.out().flush();
        states.orFail();
        boolean away = states.meters().stream().anyMatch(MeterStatus::inputIsAway);
        return (away ? ExitCode.UNAVAILABLE : ExitCode.OK).code();
    }

    private void show(BoardConfig configuration, MeterStates states) {
        PrintWriter out = terminal.out();
        List<MeterStatus> meters = states.meters();
        if (!Files.isDirectory(config)) {
            out.print(json ? meters.getFirst().json() + "\n" : meters.getFirst().text());
            return;
        }
        BoardHealth board = MeterStates.board(configuration);
        String model = Pi4jBoard.identity().line();
        if (json) {
            out.println(
                    Json.object()
                            .put("schema", 1)
                            .put("board", board.json().put("model", model))
                            .put("meters", meters.stream().map(MeterStatus::json).toList())
                            .put("unreadable", states.why()));
        } else {
            meters.forEach(meter -> out.println(meter.text()));
            out.print("%-17s %s%n".formatted("board", model));
            out.print(board.text());
        }
    }
}
