package energy.cryptometer.fullnode.program;

import energy.cryptometer.command.Json;
import energy.cryptometer.command.Progress;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.fullnode.chain.BlockRows;
import energy.cryptometer.fullnode.chain.NodeFile;
import energy.cryptometer.fullnode.export.ChainExport;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.store.Database;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `community-node export`.
@Command(
        name = "export",
        description = {
            "Copies genesis, headers and blocks into a folder that can be verified without any"
                    + " node.",
            "The node may run meanwhile."
        },
        footerHeading = "%nExample:%n",
        footer = "  community-node export --config node.toml --out copy")
final class ExportCommand implements Callable<Integer> {
    @Mixin private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "A folder that is empty or does not exist.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        NodeConfiguration configuration = NodeConfiguration.read(config.file);
        Genesis genesis = configuration.decode(configuration.signedGenesis());
        PrintWriter result = spec.commandLine().getOut();
        ChainExport.Summary summary = Failures.inWords(() -> export(configuration, genesis));
        if (json) {
            result.println(
                    Json.object()
                            .put("community", genesis.community().toString())
                            .put("height", summary.head().value())
                            .put("bytes", summary.bytes())
                            .put("folder", out.toString()));
        } else {
            result.printf(
                    "%d blocks, %d bytes, in %s%n", summary.head().value(), summary.bytes(), out);
        }
        return 0;
    }

    private ChainExport.Summary export(NodeConfiguration configuration, Genesis genesis) {
        try (Database database = NodeFile.openReadOnly(configuration.store(), genesis)) {
            ChainExport export = new ChainExport(new BlockRows(database), out);
            Height head = export.head();
            try (Progress progress = new Progress(terminal(), "Copying blocks", head.value())) {
                return export.write(head, progress);
            }
        }
    }

    private Terminal terminal() {
        return new Terminal(
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                false,
                Terminal.ofProcess().interactive());
    }
}
