package energy.cryptometer.firmware.program;

import energy.cryptometer.command.Programs;
import picocli.CommandLine.Command;

/// The program on the board: `cryptometer`.
@Command(
        name = "cryptometer",
        description = {
            "Counts the pulses of an MID meter, signs one transaction for each, keeps them until",
            "they are proven to stand in approved blocks, and hands them to community nodes.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  cryptometer run --config cryptometer.toml            count, sign, send, prove",
            "  cryptometer status --config cryptometer.toml         the four numbers, for people",
            "  cryptometer status --config cryptometer.toml --json  the same for machines",
            "  cryptometer top --config /etc/cryptometer            all meters of a board, live",
            "  cryptometer metrics --config /etc/cryptometer        the same for Prometheus",
            "  cryptometer key test --config cryptometer.toml       how fast its key signs",
            "  cryptometer meter scan --port /dev/ttyUSB0           which meters are on this line"
        },
        subcommands = {
            RunCommand.class,
            StatusCommand.class,
            TopCommand.class,
            MetricsCommand.class,
            KeyCommand.class,
            MeterCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class CryptometerMain {
    private CryptometerMain() {}

    public static void main(String[] arguments) {
        Programs.main(new CryptometerMain(), arguments);
    }
}
