package energy.cryptometer.fullnode.program;

import energy.cryptometer.command.Programs;
import picocli.CommandLine.Command;

/// The program `community-node`.
@Command(
        name = "community-node",
        description = "Approves one block of a community's energy for each market step.",
        subcommands = {RunCommand.class, StatusCommand.class, ExportCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  community-node run --config node.toml",
            "  community-node status --config node.toml --json",
            "  community-node export --config node.toml --out copy"
        })
public final class NodeMain {
    /// Runs the program.
    public static void main(String[] arguments) {
        Programs.main(new NodeMain(), arguments);
    }
}
