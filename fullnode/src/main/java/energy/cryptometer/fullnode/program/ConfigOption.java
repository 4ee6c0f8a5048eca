package energy.cryptometer.fullnode.program;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// `--config FILE`, which every command has.
final class ConfigOption {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The node's configuration (TOML).")
    Path file = Path.of("");
}
