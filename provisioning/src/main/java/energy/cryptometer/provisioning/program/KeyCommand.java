package energy.cryptometer.provisioning.program;

import picocli.CommandLine.Command;

/// The commands about single keys.
@Command(
        name = "key",
        description = "Makes and shows the key of a meter, node or participant.",
        subcommands = {KeyInitCommand.class, KeyShowCommand.class})
final class KeyCommand {}
