package energy.cryptometer.bench.path;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// How the measured processes are driven: a line of numbers comes in, a line of numbers goes out.
final class Lines {
    /// What a process does when it is told to.
    @FunctionalInterface
    interface Handler {
        long[] handle(long[] numbers) throws InterruptedException;
    }

    private Lines() {}

    /// Answers every line of standard input until it ends.
    static void answer(Handler handler) throws IOException, InterruptedException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(written(handler.handle(read(line))));
        }
    }

    static String written(long... numbers) {
        return Arrays.stream(numbers).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }

    static long[] read(String line) {
        return Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
