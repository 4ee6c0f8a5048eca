package energy.cryptometer.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The options every command of every program has.
@Command
final class CommonOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    boolean version;

    @Option(
            names = "--stack-trace",
            description = "When something fails, show where in the program it did.")
    boolean stackTrace;
}
