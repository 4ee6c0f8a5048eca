package energy.cryptometer.command;

import java.io.PrintWriter;
import java.io.StringWriter;

/// A terminal that remembers what was said.
final class Streams {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    Terminal terminal(boolean interactive) {
        return new Terminal(new PrintWriter(out), new PrintWriter(err), false, interactive);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
