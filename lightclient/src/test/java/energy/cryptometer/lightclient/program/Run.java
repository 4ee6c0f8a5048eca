package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.Json;
import energy.cryptometer.command.Programs;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.timing.VirtualTime;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;

/// One run of the program at a given time: exit code and what was said.
record Run(int code, String out, String err) {
    static Run at(Instant now, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            texts[i] = String.valueOf(arguments[i]);
        }
        int code =
                Programs.run(
                        new LightClientCommand(new VirtualTime(now)),
                        new Terminal(new PrintWriter(out), new PrintWriter(err), false, false),
                        texts);
        return new Run(code, out.toString(), err.toString());
    }

    Json json() {
        return Json.readObject(out, "output");
    }
}
