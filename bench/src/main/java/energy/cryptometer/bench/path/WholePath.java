package energy.cryptometer.bench.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Processor time for each pulse, of a node and of a board of four meters, from the pulse to the
/// proof. Only what comes after the warm-up counts.
public final class WholePath {
    private final Rhythm rhythm;
    private final Load load;

    /// @param warmUp market steps that do not count
    /// @param measured market steps that count
    /// @param pulses of each meter in each step
    record Load(int warmUp, int measured, int pulses) {}

    private WholePath(Rhythm rhythm, Load load) {
        this.rhythm = rhythm;
        this.load = load;
    }

    /// Measures both rhythms: 200,000 pulses in a stream, and 40,000 isolated ones, which take ten
    /// times as long each.
    ///
    /// @param folder on the disk that is to be measured
    /// @return microseconds for each pulse by what was measured, `stream.node` for instance
    public static Map<String, Double> measure(Path folder, boolean quick) throws IOException {
        Map<String, Double> all = new TreeMap<>();
        all.putAll(measure(folder, Rhythm.STREAM, new Load(5, quick ? 2 : 20, 2_500)));
        all.putAll(
                measure(folder, Rhythm.ISOLATED, new Load(2, quick ? 1 : 4, quick ? 500 : 2_500)));
        return all;
    }

    static Map<String, Double> measure(Path folder, Rhythm rhythm, Load load) throws IOException {
        return new WholePath(rhythm, load).run(folder);
    }

    private Map<String, Double> run(Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, "path");
        try (ChildProcess node = ChildProcess.start(NodeProcess.class, "512m", folder.toString())) {
            String port = Long.toString(node.hear()[0]);
            try (ChildProcess meters =
                    ChildProcess.start(
                            MeterProcess.class, "96m", folder.toString(), port, rhythm.name())) {
                return run(node, meters);
            }
        } finally {
            delete(folder);
        }
    }

    private Map<String, Double> run(ChildProcess node, ChildProcess meters) throws IOException {
        long[] nodeBefore = {};
        long[] metersBefore = {};
        long[] nodeAfter = {};
        long[] metersAfter = {};
        for (int step = 0; step < load.warmUp() + load.measured(); step++) {
            nodeBefore = step == load.warmUp() ? nodeAfter : nodeBefore;
            metersBefore = step == load.warmUp() ? metersAfter : metersBefore;
            long[] _ = meters.ask(step, load.pulses());
            nodeAfter = node.ask(step);
            metersAfter = meters.ask(step);
        }
        return figures(difference(nodeAfter, nodeBefore), difference(metersAfter, metersBefore));
    }

    private Map<String, Double> figures(long[] node, long[] meters) {
        double pulses = (double) load.pulses() * TrialCommunity.METERS * load.measured();
        Map<String, Double> figures = new TreeMap<>();
        String prefix = rhythm.name().toLowerCase(Locale.ROOT) + ".";
        figures.put(prefix + "node", node[0] / 1e3 / pulses);
        figures.put(prefix + "node.block", node[1] / 1e3 / pulses);
        figures.put(prefix + "meter", meters[0] / 1e3 / pulses);
        int next = 1;
        for (Part part : Part.values()) {
            figures.put(
                    prefix + "meter." + part.name().toLowerCase(Locale.ROOT),
                    meters[next++] / 1e3 / pulses);
        }
        return figures;
    }

    private static long[] difference(long[] after, long[] before) {
        long[] difference = new long[after.length];
        for (int i = 0; i < after.length; i++) {
            difference[i] = after[i] - before[i];
        }
        return difference;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : innermostFirst) {
                Files.delete(file);
            }
        }
    }
}
