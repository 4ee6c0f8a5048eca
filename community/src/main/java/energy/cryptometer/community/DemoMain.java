package energy.cryptometer.community;

import energy.cryptometer.command.Programs;
import energy.cryptometer.community.demo.DemoCommand;

/// The program behind `scripts/demo`.
public final class DemoMain {
    private DemoMain() {}

    public static void main(String[] arguments) {
        Programs.main(new DemoCommand(), arguments);
    }
}
