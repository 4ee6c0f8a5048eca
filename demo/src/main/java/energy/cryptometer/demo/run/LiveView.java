package energy.cryptometer.demo.run;

import energy.cryptometer.command.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// What a person follows on standard error: a table that redraws itself on a terminal, a line every
/// few seconds where standard error is a file.
public final class LiveView {
    private static final Duration LINE_EVERY = Duration.ofSeconds(2);

    private final Terminal terminal;
    private final Map<String, Long> expected = new HashMap<>();
    private int drawn;
    private Instant lastLine = Instant.MIN;

    public LiveView(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Pulses each meter will count, by name.
    void expect(Map<String, Long> pulses) {
        expected.putAll(pulses);
    }

    /// Something worth a line of its own.
    void say(String line) {
        erase();
        terminal.err().println(line);
        terminal.err().flush();
    }

    void show(Instant now, Map<String, MeterCounts> meters) {
        if (terminal.interactive()) {
            erase();
            terminal.err()
                    .printf("  meter %9s %9s %9s %9s%n", "counted", "signed", "sent", "proven");
            meters.forEach((name, counts) ->
                    terminal.err()
                            .printf(
                                    "  %-5s %9d %9d %9d %9d  %s%n",
                                    name,
                                    counts.counted(),
                                    counts.signed(),
                                    counts.sent(),
                                    counts.proven(),
                                    bar(counts, expected.getOrDefault(name, 0L))));
            drawn = meters.size() + 1;
        } else if (Duration.between(lastLine, now).compareTo(LINE_EVERY) >= 0) {
            lastLine = now;
            StringBuilder line = new StringBuilder(" ");
            meters.forEach((name, counts) ->
                    line.append(
                            "   %s: %d counted, %d signed, %d sent, %d proven"
                                    .formatted(
                                            name,
                                            counts.counted(),
                                            counts.signed(),
                                            counts.sent(),
                                            counts.proven())));
            terminal.err().println(line);
        }
        terminal.err().flush();
    }

    private void erase() {
        if (drawn > 0) {
            terminal.err().print("\u001b[" + drawn + "A\u001b[J");
            drawn = 0;
        }
    }

    /// Twenty places: proven, sent and counted, one inside the other.
    private static String bar(MeterCounts counts, long expected) {
        int width = 20;
        long whole = Math.max(1, Math.max(expected, counts.counted()));
        int proven = (int) (counts.proven() * width / whole);
        int sent = (int) (counts.sent() * width / whole);
        int counted = (int) (counts.counted() * width / whole);
        return "#".repeat(proven)
                + "+".repeat(sent - proven)
                + "-".repeat(counted - sent)
                + ".".repeat(width - counted);
    }
}
