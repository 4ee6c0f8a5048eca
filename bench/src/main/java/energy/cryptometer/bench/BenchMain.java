package energy.cryptometer.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import energy.cryptometer.bench.path.WholePath;
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

/// Runs every benchmark, the whole path of a pulse and `openssl speed`, prints both tables in
/// Markdown on standard output and writes `results.json` and JMH's own `jmh.json` into the folder
/// given first. `--quick` takes a minute or two instead of ten; `--steps` and `--path` run only the
/// one or the other; any other word is a pattern of benchmarks.
final class BenchMain {
    private static final int OPENSSL_SECONDS = 2;

    private BenchMain() {}

    public static void main(String[] arguments)
            throws RunnerException, IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        List<String> words = List.of(arguments).subList(1, arguments.length);
        boolean quick = words.contains("--quick");
        Map<String, Double> perSecond = new TreeMap<>();
        Map<String, Double> microseconds = new TreeMap<>();
        System.out.println(
                "Measured on %s, Java %s.\n"
                        .formatted(machine(), System.getProperty("java.vm.version")));
        if (!words.contains("--path")) {
            perSecond.putAll(steps(folder, words, quick));
            print(perSecond);
        }
        if (!words.contains("--steps") && words.stream().allMatch(word -> word.startsWith("--"))) {
            openssl(microseconds, "before");
            microseconds.putAll(WholePath.measure(folder, quick));
            openssl(microseconds, "after");
            PathTable.of(microseconds).forEach(System.out::println);
        }
        write(folder.resolve("results.json"), quick, perSecond, microseconds);
    }

    private static Map<String, Double> steps(Path folder, List<String> words, boolean quick)
            throws RunnerException, IOException, InterruptedException {
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
        return perSecond;
    }

    /// What one verification takes now: the measure of the whole path, taken on both sides of it.
    private static void openssl(Map<String, Double> microseconds, String when)
            throws IOException, InterruptedException {
        OpensslSpeed.measure(OPENSSL_SECONDS)
                .ifPresent(speed ->
                        microseconds.put(
                                PathTable.OPENSSL + when, 1e6 / speed.verifiesPerSecond()));
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

    private static void write(
            Path file,
            boolean quick,
            Map<String, Double> perSecond,
            Map<String, Double> microseconds)
            throws IOException {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("measuredAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        results.put("quick", quick);
        results.put("java", System.getProperty("java.vm.version"));
        results.put("machine", machine());
        results.put("operationsPerSecond", perSecond);
        results.put("processorMicrosecondsPerPulse", microseconds);
        Files.writeString(
                file, JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(results) + "\n");
    }

    private static void print(Map<String, Double> perSecond) {
        System.out.println("| step, one thread | per second | beside | per second | ratio |");
        System.out.println("|---|---:|---|---:|---:|");
        for (Comparison comparison : Comparison.ALL) {
            comparison.row(perSecond).ifPresent(System.out::println);
        }
        System.out.println();
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
