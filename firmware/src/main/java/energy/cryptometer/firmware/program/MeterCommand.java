package energy.cryptometer.firmware.program;

import picocli.CommandLine.Command;

/// `cryptometer meter`: for the installer in front of the cabinet.
@Command(
        name = "meter",
        description = "Finds meters on a serial line, and lists the models that are known.",
        footer = {
            "",
            "Examples:",
            "  cryptometer meter scan --port /dev/ttyUSB0              what is on this line",
            "  cryptometer meter scan --port /dev/ttyUSB0 --units 1-20 --bauds 9600 --json",
            "  cryptometer meter models                                what can be read, and why"
        },
        subcommands = {ScanCommand.class, ModelsCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class MeterCommand {}
