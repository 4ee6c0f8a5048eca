package energy.cryptometer.provisioning.program;

import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.Progress;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.provisioning.community.CommunityBuilder;
import energy.cryptometer.provisioning.community.NewCommunity;
import energy.cryptometer.provisioning.description.CommunityDescription;
import energy.cryptometer.provisioning.description.DescriptionReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `provision community init`.
@Command(
        name = "init",
        description = {
            "Makes the keys of a new community, signs its genesis, and writes a ready configuration"
                    + " for each meter and node.",
            "All problems of the description are reported at once; nothing that exists is overwritten."
        },
        footerHeading = "%nA description with one meter, two participants and one node:%n",
        footer = {
            "  [community]",
            "  name = \"Example street\"",
            "  origin = 2026-11-22T00:00:00Z   # start of the first market step",
            "  step_seconds = 900              # optional, and so are:",
            "  collect_seconds = 20            # for the last pulses of a step",
            "  propose_seconds = 25            # when its block is proposed",
            "  [[meter]]",
            "  name = \"A\"",
            "  serial = \"SDM-0001\"             # on the plate of the meter",
            "  mid_class = \"B\"",
            "  constant = 1000                 # pulses per kilowatt-hour",
            "  rated_power_watts = 10000",
            "  [[participant]]",
            "  name = \"X\"",
            "  share_ppm = 320000              # all shares add up to 1000000",
            "  [[participant]]",
            "  name = \"Y\"",
            "  share_ppm = 680000",
            "  [[node]]",
            "  name = \"node-1\"",
            "  listen = \"127.0.0.1:5683\"",
            "",
            "A meter's key is made in a file, for trials, unless the meter has public_key = \"02..\""
                    + " or pkcs11 = \"pkcs11:...\" with pin_file.",
            "",
            "Example: provision community init --file community.toml --out example-street"
        })
final class CommunityInitCommand implements Callable<Integer> {
    /// Communities of this size take long enough to show progress.
    private static final int LARGE = 20;

    private final Terminal terminal;

    @Option(
            names = "--file",
            required = true,
            paramLabel = "FILE",
            description = "The description of the community (TOML).")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where everything is written: a folder that is empty or does not exist.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    CommunityInitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var report = new CommunityReport(make(DescriptionReader.read(file)));
        terminal.out().print(json ? report.asJson() + System.lineSeparator() : report.asText());
        return ExitCode.OK.code();
    }

    private NewCommunity make(CommunityDescription description) {
        long keys = CommunityBuilder.keys(description);
        try (var progress = new Progress(terminal, "Making keys", keys)) {
            LongConsumer shown = description.size() < LARGE ? _ -> {} : progress::reached;
            return CommunityBuilder.build(description, out, new SecureRandom(), shown);
        }
    }
}
