package energy.cryptometer.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs every benchmark and `openssl speed`, prints the table in Markdown on standard output and
/// writes `results.json` (operations per second) and JMH's own `jmh.json` into the folder given
/// first. `--quick` takes a minute instead of a few; any other word is a pattern of benchmarks.
final class BenchMain {
    private static final int OPENSSL_SECONDS = 2;

    private BenchMain() {}

    public static void main(String[] arguments)
            throws RunnerException, IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        List<String> words = List.of(arguments).subList(1, arguments.length);
        boolean quick = words.contains("--quick");
        Map<String, Double> perSecond = new TreeMap<>();
        ChainedOptionsBuilder options = options(folder, quick);
        words.stream().filter(word -> !word.startsWith("--")).forEach(options::include);
        for (RunResult result : new Runner(options.build()).run()) {
            perSecond.put(shortName(result), result.getPrimaryResult().getScore());
        }
        OpensslSpeed.measure(OPENSSL_SECONDS)
                .ifPresent(speed -> {
                    perSecond.put(Comparison.OPENSSL_SIGN, speed.signsPerSecond());
                    perSecond.put(Comparison.OPENSSL_VERIFY, speed.verifiesPerSecond());
                });
        write(folder.resolve("results.json"), quick, perSecond);
        print(perSecond);
    }

    /// Class and method.
    private static String shortName(RunResult result) {
        return result.getParams().getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
    }

    private static ChainedOptionsBuilder options(Path folder, boolean quick) {
        return new OptionsBuilder()
                .forks(quick ? 1 : 2)
                .threads(1)
                .warmupIterations(quick ? 2 : 3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(quick ? 2 : 5)
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .output(folder.resolve("jmh.log").toString())
                .result(folder.resolve("jmh.json").toString())
                .resultFormat(ResultFormatType.JSON)
                .jvmArgsAppend(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "-Dbench.folder=" + folder);
    }

    private static void write(Path file, boolean quick, Map<String, Double> perSecond)
            throws IOException {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("measuredAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        results.put("quick", quick);
        results.put("java", System.getProperty("java.vm.version"));
        results.put("machine", machine());
        results.put("operationsPerSecond", perSecond);
        Files.writeString(
                file, JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(results) + "\n");
    }

    private static void print(Map<String, Double> perSecond) throws IOException {
        System.out.println(
                "Measured on "
                        + machine()
                        + ", Java "
                        + System.getProperty("java.vm.version")
                        + ", one thread.\n");
        System.out.println("| step | per second | beside | per second | ratio |");
        System.out.println("|---|---:|---|---:|---:|");
        for (Comparison comparison : Comparison.ALL) {
            comparison.row(perSecond).ifPresent(System.out::println);
        }
    }

    /// The processor by name, as Linux tells it.
    private static String machine() throws IOException {
        Path cpuinfo = Path.of("/proc/cpuinfo");
        String processor = System.getProperty("os.arch");
        if (Files.isReadable(cpuinfo)) {
            processor =
                    Files.readAllLines(cpuinfo).stream()
                            .filter(line ->
                                    line.startsWith("model name") || line.startsWith("Model"))
                            .map(line -> line.substring(line.indexOf(':') + 1).trim())
                            .findFirst()
                            .orElse(processor);
        }
        return processor + " (" + Runtime.getRuntime().availableProcessors() + " cores)";
    }
}
