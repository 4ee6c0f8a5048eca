package energy.cryptometer.lightclient;

import energy.cryptometer.command.Programs;
import energy.cryptometer.lightclient.program.LightClientCommand;
import java.time.InstantSource;

/// The program `lightclient`: proves, trusting no node, who produced what and who received it.
public final class LightClientMain {
    private LightClientMain() {}

    /// Runs the program.
    public static void main(String[] arguments) {
        Programs.main(new LightClientCommand(InstantSource.system()), arguments);
    }
}
