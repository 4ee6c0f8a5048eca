package energy.cryptometer.firmware.program;

import energy.cryptometer.command.Terminal;
import energy.cryptometer.firmware.config.BoardConfig;
import energy.cryptometer.firmware.status.Metrics;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cryptometer metrics`: the status as Prometheus reads it.
@Command(
        name = "metrics",
        description = {
            "Prints the state of all meters and of the board in the text format of Prometheus.",
            "The meter opens no port: let a node exporter collect the file that [metrics] of",
            "board.toml names, or this output."
        })
final class MetricsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE|FOLDER",
            description = "A meter's configuration, or the folder of a board.")
    private Path config = Path.of("");

    MetricsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        BoardConfig board = BoardConfig.read(config);
        MeterStates states = MeterStates.read(board);
        terminal.out().print(Metrics.text(states.meters(), MeterStates.board(board)));
        terminal.out().flush();
        states.orFail();
        return 0;
    }
}
