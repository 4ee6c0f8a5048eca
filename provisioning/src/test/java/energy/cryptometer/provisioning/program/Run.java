package energy.cryptometer.provisioning.program;

import energy.cryptometer.command.Programs;
import energy.cryptometer.command.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;

/// One run of the program and what it said.
record Run(int exitCode, String out, String err) {
    static Run provision(Object... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, false);
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int exitCode = Programs.run(new ProvisionMain(), terminal, words);
        return new Run(exitCode, out.toString(), err.toString());
    }

    static Run init(Path file, Path out, Object... more) {
        Object[] arguments = {"community", "init", "--file", file, "--out", out};
        Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return provision(all);
    }
}
