package energy.cryptometer.firmware.config;

import energy.cryptometer.command.configuration.Section;
import energy.cryptometer.firmware.forward.ForwardSettings;
import energy.cryptometer.timing.Backoff;
import energy.cryptometer.transport.NodeAddress;
import energy.cryptometer.transport.TransportSecurity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Where and how transactions are handed over.
///
/// @param nodes 1 to 8, tried in this order
/// @param backoff pauses after failures
public record ForwardConfig(List<NodeAddress> nodes, ForwardSettings terms, Backoff backoff) {
    /// Most nodes a meter knows.
    public static final int MAX_NODES = 8;

    private static final int BATCH = 200;
    private static final int MAX_LINGER_MILLIS = 60_000;
    private static final int LINGER_MILLIS = 1_000;
    private static final int MAX_RETRY_MILLIS = 3_600_000;
    private static final int RETRY_MIN_MILLIS = 100;
    private static final int RETRY_MAX_MILLIS = 30_000;

    public ForwardConfig {
        nodes = List.copyOf(nodes);
    }

    static Supplier<ForwardConfig> read(Section section) {
        List<NodeAddress> nodes = nodes(section);
        int batch = (int) section.integer("batch", 1, ForwardSettings.MAX_BATCH, BATCH);
        // One message is in flight at a time: a chain has one next place (RFC 7252, NSTART).
        long _ = section.integer("max_in_flight", 1, 1, 1);
        long linger = section.integer("linger_ms", 0, MAX_LINGER_MILLIS, LINGER_MILLIS);
        long min = section.integer("retry_min_ms", 10, MAX_RETRY_MILLIS, RETRY_MIN_MILLIS);
        long max = section.integer("retry_max_ms", 10, MAX_RETRY_MILLIS, RETRY_MAX_MILLIS);
        if (max < min && section.isSound("retry_min_ms")) {
            section.refuse(
                    section.has("retry_max_ms") ? "retry_max_ms" : "retry_min_ms",
                    "makes retry_max_ms %d less than retry_min_ms %d".formatted(max, min));
        }
        return () ->
                new ForwardConfig(
                        nodes,
                        new ForwardSettings(batch, Duration.ofMillis(linger)),
                        Backoff.between(Duration.ofMillis(min), Duration.ofMillis(max)));
    }

    private static List<NodeAddress> nodes(Section section) {
        List<String> written = section.texts("nodes");
        List<NodeAddress> nodes = new ArrayList<>();
        for (String text : written) {
            try {
                NodeAddress node = TransportSecurity.plain().address(text);
                if (nodes.contains(node)) {
                    section.refuse("nodes", "names %s twice".formatted(node));
                }
                nodes.add(node);
            } catch (IllegalArgumentException refusal) {
                section.refuse("nodes", "is refused: " + refusal.getMessage());
            }
        }
        if (written.size() > MAX_NODES) {
            section.refuse(
                    "nodes", "has %d nodes, at most %d".formatted(written.size(), MAX_NODES));
        }
        return nodes;
    }
}
