package energy.cryptometer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The whole path of a pulse as a table: processor time for each pulse, beside one verification by
/// `openssl speed` in the same run.
final class PathTable {
    /// Where its two measurements are filed: before and after the path.
    static final String OPENSSL = "openssl.verify.";

    private static final List<String> PARTS =
            List.of("capture", "sign", "forward", "confirm", "signature");

    private PathTable() {}

    /// @param microseconds what was measured, by its name
    static List<String> of(Map<String, Double> microseconds) {
        double verification =
                microseconds.entrySet().stream()
                        .filter(figure -> figure.getKey().startsWith(OPENSSL))
                        .mapToDouble(Map.Entry::getValue)
                        .average()
                        .orElse(Double.NaN);
        List<String> lines = new ArrayList<>();
        lines.add("| whole path, for each pulse | stream | isolated |");
        lines.add("|---|---:|---:|");
        Columns columns = new Columns(microseconds);
        lines.add(columns.row("node, from message to approved block", "node"));
        lines.add(columns.row("of these in making blocks", "node.block"));
        lines.add(columns.row("meter, from pulse to proof", "meter"));
        PARTS.forEach(part -> lines.add(columns.row("of these: " + part, "meter." + part)));
        lines.add(columns.meterWithoutSignature());
        lines.add(columns.ratio(verification));
        lines.add("");
        lines.add(
                String.format(
                        Locale.ROOT,
                        "Microseconds of processor; one verification by `openssl speed` in the same"
                                + " run: %.1f.",
                        verification));
        return lines;
    }

    /// Both rhythms side by side.
    private record Columns(Map<String, Double> microseconds) {
        String row(String words, String name) {
            return line(words, value("stream", name), value("isolated", name));
        }

        String meterWithoutSignature() {
            return line(
                    "meter without its signature",
                    value("stream", "meter") - value("stream", "meter.signature"),
                    value("isolated", "meter") - value("isolated", "meter.signature"));
        }

        String ratio(double verification) {
            return String.format(
                    Locale.ROOT,
                    "| node by one verification | %.2f | %.2f |",
                    value("stream", "node") / verification,
                    value("isolated", "node") / verification);
        }

        private static String line(String words, double stream, double isolated) {
            return String.format(Locale.ROOT, "| %s | %.1f | %.1f |", words, stream, isolated);
        }

        private double value(String rhythm, String name) {
            return microseconds.getOrDefault(rhythm + "." + name, Double.NaN);
        }
    }
}
