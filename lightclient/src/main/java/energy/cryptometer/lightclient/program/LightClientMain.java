package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.Programs;
import energy.cryptometer.timing.SystemTime;

/// The program `lightclient`: proves, trusting no node, who produced what and who received it.
public final class LightClientMain {
    private LightClientMain() {}

    /// Runs the program.
    public static void main(String[] arguments) {
        Programs.main(new LightClientCommand(SystemTime.CLOCKS), arguments);
    }
}
