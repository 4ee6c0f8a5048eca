package energy.cryptometer.firmware.program;

import energy.cryptometer.command.ExitCode;
import energy.cryptometer.firmware.config.BoardConfig;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.LinuxClock;
import energy.cryptometer.hal.systemd.Systemd;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cryptometer run`: counts until it is told to stop.
@Command(
        name = "run",
        description = {
            "Counts, signs, sends and proves until it is stopped (SIGTERM, Ctrl-C).",
            "It may be killed at any moment: nothing counted is lost, nothing is counted twice."
        })
final class RunCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE|FOLDER",
            description = {
                "A meter's configuration, or the folder of a board: board.toml and",
                "meters/*.toml, one file for each of its 1 to 4 meters."
            })
    private Path config = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        BoardConfig configuration = BoardConfig.read(config);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread onSignal =
                new Thread(() -> {
                    told.countDown();
                    awaitQuietly(done);
                });
        Runtime.getRuntime().addShutdownHook(onSignal);
        try (Systemd supervisor = Systemd.ofThisProcess()) {
            BoardClock clock = LinuxClock.ofThisMachine();
            return ExitCodes.inWords(() -> {
                BoardWiring.run(configuration, clock, supervisor, told);
                return ExitCode.OK.code();
            });
        } finally {
            done.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch done) {
        try {
            done.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
