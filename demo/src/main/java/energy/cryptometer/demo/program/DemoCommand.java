package energy.cryptometer.demo.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.demo.process.Processes;
import energy.cryptometer.demo.run.Demonstration;
import energy.cryptometer.demo.run.LiveView;
import energy.cryptometer.demo.run.Outcome;
import energy.cryptometer.demo.scenario.Scenario;
import energy.cryptometer.demo.scenario.Site;
import energy.cryptometer.firmware.profile.Profile;
import energy.cryptometer.firmware.profile.ProfileColumns;
import energy.cryptometer.firmware.profile.ProfileReader;
import energy.cryptometer.ledger.unit.PulseConstant;
import energy.cryptometer.timing.SystemTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `scripts/demo`: Table 1 of the paper, live.
@Command(
        name = "scripts/demo",
        description = {
            "Runs a community of two generators, one node and two participants on loopback.",
            "Generators A and B deliver 15 kWh and 10 kWh within one market step of 10 seconds;",
            "the node and one meter are killed in mid-step; in the end a light client proves who",
            "received what. Takes about a minute, and leaves nothing running.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  scripts/demo                             Table 1, to follow by eye",
            "  scripts/demo --json                      one JSON object on standard output",
            "  scripts/demo --profile roof.csv --column inverter1_w",
            "                                           a measured profile instead: rows are means",
            "                                           in watts, 'timestamp_end' ends the"
                    + " interval",
            "",
            "Exit code 0 only if every pulse is proven and every statement verifies."
        })
final class DemoCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(80);

    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object instead of a text.")
    private boolean json;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "Replay measured power from this CSV instead of Table 1.")
    private @Nullable Path profile;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "Column of the profile that holds the power in watts.")
    private @Nullable String column;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Play the whole profile in about this time (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Work in this new folder and keep it: keys, journals, chain, logs.")
    private @Nullable Path keep;

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set the specification");
        }
        Terminal terminal = Terminal.ofProcess();
        Path folder =
                keep == null
                        ? Files.createTempDirectory("cryptometer-demo-")
                        : Files.createDirectory(keep.toAbsolutePath());
        Scenario scenario = scenario();
        Site site = new Site(folder, scenario);
        Outcome outcome;
        var timing = new Demonstration.Timing(SystemTime.CLOCKS, Thread::sleep, PATIENCE);
        try (Processes processes = new Processes(bin(), folder, site.environment())) {
            Thread onSignal = new Thread(processes::close);
            Runtime.getRuntime().addShutdownHook(onSignal);
            var view = new LiveView(terminal);
            outcome = new Demonstration(site, scenario, processes, view, timing).run();
        }
        if (keep == null && outcome.verified()) {
            site.delete();
        }
        spec.commandLine().getOut().print(json ? outcome.json() + "\n" : outcome.text());
        spec.commandLine().getOut().flush();
        return outcome.verified() ? ExitCode.OK.code() : ExitCode.DATA.code();
    }

    private Scenario scenario() {
        if (profile == null && column == null) {
            return Scenario.tableOne();
        }
        if (profile == null || column == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--profile FILE and --column NAME belong together; one of them is missing");
        }
        if (seconds < 1 || seconds > 600) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--seconds is %d, allowed 1 to 600".formatted(seconds));
        }
        return measured(profile, column);
    }

    /// So that the whole profile takes `seconds`.
    private Scenario measured(Path file, String power) {
        Profile read =
                ProfileReader.read(
                        file,
                        new ProfileColumns(power, ProfileColumns.TIMESTAMP_END),
                        new PulseConstant(Scenario.CONSTANT));
        BigDecimal lapse =
                BigDecimal.valueOf(read.lengthMillis())
                        .divide(BigDecimal.valueOf(seconds * 1000L), 3, RoundingMode.CEILING);
        return Scenario.measured(file, power, lapse, read.totalPulses());
    }

    private static Path bin() {
        String bin = System.getProperty("cryptometer.bin");
        if (bin == null) {
            throw new CommandFailure(
                    ExitCode.CONFIG,
                    "start the demonstration by scripts/demo: it says where the programs are");
        }
        return Path.of(bin);
    }
}
