package energy.cryptometer.provisioning.key;

import picocli.CommandLine.Command;

/// The commands about single keys.
@Command(
        name = "key",
        description = "Makes and shows the key of a meter, node or participant.",
        subcommands = {KeyInitCommand.class, KeyShowCommand.class})
public final class KeyCommand {}
