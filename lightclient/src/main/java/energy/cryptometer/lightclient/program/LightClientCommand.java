package energy.cryptometer.lightclient.program;

import java.time.Instant;
import java.time.InstantSource;
import picocli.CommandLine.Command;

/// The program's commands.
@Command(
        name = "lightclient",
        description = {
            "Proves who produced what and who received it. Trusts no node: only the genesis file.",
            "Ends with 0 if proven, 65 if forged or altered, 69 if no node answers, 75 if stale."
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
    private final InstantSource clock;

    /// @param clock what time it is; everything behind this class is told
    public LightClientCommand(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }
}
