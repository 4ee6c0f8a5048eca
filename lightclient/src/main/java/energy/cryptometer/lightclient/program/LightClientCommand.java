package energy.cryptometer.lightclient.program;

import energy.cryptometer.timing.TimeSource;
import picocli.CommandLine.Command;

/// The program's commands.
@Command(
        name = "lightclient",
        description = {
            "Proves who produced what and who received it. Trusts no node: only the genesis file.",
            "Ends with 0 if proven, 65 if forged or altered, 69 if no node answers, 75 if stale or if"
                    + " perhaps only this machine's clock is wrong."
        },
        subcommands = {
            SyncCommand.class,
            StatusCommand.class,
            StatementCommand.class,
            ProveCommand.class,
            VerifyCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lightclient sync --genesis genesis.cbor --node coap://192.0.2.7:5683",
            "  lightclient statement --genesis genesis.cbor --node coap://192.0.2.7:5683"
                    + " --account 3fa91b02",
            "  lightclient verify proof.cbor --genesis genesis.cbor"
        })
public final class LightClientCommand {
    private final TimeSource time;

    /// @param time what time it is; everything behind this class is told
    public LightClientCommand(TimeSource time) {
        this.time = time;
    }

    TimeSource time() {
        return time;
    }
}
