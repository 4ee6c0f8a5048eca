package energy.cryptometer.firmware.program;

import picocli.CommandLine.Command;

/// `cryptometer key`: the commands about this meter's key.
@Command(
        name = "key",
        description = "Tries the key of this meter.",
        subcommands = {KeyTestCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class KeyCommand {}
