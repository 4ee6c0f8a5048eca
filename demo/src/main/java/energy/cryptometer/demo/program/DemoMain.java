package energy.cryptometer.demo.program;

import energy.cryptometer.command.Programs;

/// The program behind `scripts/demo`.
public final class DemoMain {
    private DemoMain() {}

    public static void main(String[] arguments) {
        Programs.main(new DemoCommand(), arguments);
    }
}
