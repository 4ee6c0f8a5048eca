package energy.cryptometer.bench.path;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Java process with the options of the programs' launchers, which is asked line by line (see
/// [Lines]). It ends when its standard input does.
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;

    private ChildProcess(Process process) {
        this.process = process;
        out = process.inputReader(StandardCharsets.US_ASCII);
        in = new PrintWriter(process.outputWriter(StandardCharsets.US_ASCII), true);
    }

    static ChildProcess start(Class<?> main, String heap, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:+UseSerialGC",
                                "-XX:-UsePerfData",
                                "-Xmx" + heap,
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        return new ChildProcess(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /// What it says at the start.
    long[] hear() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("a measured process has ended; what it said stands above");
        }
        return Lines.read(line);
    }

    long[] ask(long... numbers) throws IOException {
        in.println(Lines.written(numbers));
        return hear();
    }

    @Override
    public void close() throws IOException {
        in.close();
        try {
            process.waitFor();
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
