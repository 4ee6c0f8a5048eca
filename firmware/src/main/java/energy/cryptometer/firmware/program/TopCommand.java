package energy.cryptometer.firmware.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.firmware.config.BoardConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cryptometer top`: the status again and again, until Ctrl-C.
@Command(
        name = "top",
        description = {
            "Shows counted, signed, sent and proven as they grow, and the power behind them,",
            "once a second until Ctrl-C. Needs no key and disturbs nothing."
        })
final class TopCommand implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Terminal terminal;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE|FOLDER",
            description = "A meter's configuration, or the folder of a board.")
    private Path config = Path.of("");

    @Option(
            names = "--looks",
            paramLabel = "N",
            description = "End after N looks instead of at Ctrl-C.")
    private long looks = Long.MAX_VALUE;

    TopCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        BoardConfig board = BoardConfig.read(config);
        if (looks < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--looks %d is less than 1".formatted(looks));
        }
        LiveTable table = new LiveTable();
        for (long look = 1; look <= looks; look++) {
            MeterStates states = MeterStates.read(board);
            String text = table.text(states.meters(), MeterStates.board(board));
            if (terminal.colours() && look > 1) {
                terminal.out().print("\u001b[H\u001b[2J");
            }
            terminal.out().print(text);
            states.why().forEach(line -> terminal.out().println("! " + line));
            terminal.out().flush();
            if (look < looks) {
                Thread.sleep(LOOK_EVERY);
            }
        }
        return 0;
    }
}
