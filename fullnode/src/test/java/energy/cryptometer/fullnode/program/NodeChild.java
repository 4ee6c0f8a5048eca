package energy.cryptometer.fullnode.program;

import energy.cryptometer.fullnode.log.NodeLog;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.timing.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A node of the small community in a process of its own, to be killed and starved. A quarter of an
/// hour takes a second there.
final class NodeChild {
    private static final long FASTER = 900;

    private NodeChild() {}

    /// The community's time: `start` (milliseconds of the real clock) is its origin.
    static TimeSource clock(long start) {
        return new TimeSource() {
            @Override
            public Instant instant() {
                long millis = (System.currentTimeMillis() - start) * FASTER;
                return Instant.ofEpochMilli(SmallCommunity.ORIGIN.toEpochMilli() + millis);
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
    }

    /// Starts it behind `prefix` (such as `unshare`) and waits until it answers.
    static Process start(List<String> prefix, Path folder, int port, long start)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        // A killed Java leaves the library it unpacked; here it does no harm.
                        "-Dorg.sqlite.tmpdir=" + Path.of("target").toAbsolutePath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeChild.class.getName(),
                        folder.toString(),
                        Integer.toString(port),
                        Long.toString(start)));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /// Reads what the child says up to a line that holds these words.
    static String hear(BufferedReader ears, String words) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = ears.readLine(); line != null; line = ears.readLine()) {
            if (line.contains(words)) {
                return line;
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("the child ended without '%s': %s".formatted(words, said));
    }

    /// Runs until it is killed. A line on standard input deletes the file `ballast`.
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path ballast = folder.resolve("ballast");
        if (!Files.exists(ballast)) {
            Files.write(ballast, new byte[200_000]);
        }
        TimeSource clock = clock(Long.parseLong(arguments[2]));
        NodeSetup setup =
                TestNode.setup(
                        new SmallCommunity(),
                        folder.resolve("node.sqlite"),
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])));
        NodeLog log = line -> System.out.println("node: " + line);
        try (Node node = Node.open(setup, clock, log);
                BufferedReader orders =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            node.start();
            log.line("ready height=" + node.chain().head().value());
            while (orders.readLine() != null) {
                Files.delete(ballast);
                log.line("ballast is gone");
            }
        }
    }
}
