package energy.cryptometer.fullnode.log;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// One line for each event, `TIME event key=value ...`, times in UTC. Safe for threads.
@FunctionalInterface
public interface NodeLog {
    /// Writes one line.
    ///
    /// @param event one or two words, then `key=value` pairs or a sentence
    void line(String event);

    /// Writes to a stream, each line with the time in front of it.
    static NodeLog to(PrintWriter out, InstantSource clock) {
        return event -> {
            String time = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
            synchronized (out) {
                out.println(time + " " + event.replaceAll("\\R", " "));
                out.flush();
            }
        };
    }
}
