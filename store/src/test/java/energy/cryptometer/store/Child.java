package energy.cryptometer.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A second program in a process of its own, to be starved, limited and killed.
final class Child {
    private static final String PREFIX = "child: ";

    private Child() {}

    /// Starts this class's main in a new Java process, behind `prefix` (such as `unshare`).
    static Process start(List<String> prefix, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx64m",
                        // A killed Java leaves the library it unpacked; here it does no harm.
                        "-Dorg.sqlite.tmpdir=" + Path.of("target").toAbsolutePath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /// The next thing the child says, past what the Java process itself prints.
    static String hear(BufferedReader reader) {
        StringBuilder noise = new StringBuilder();
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(PREFIX)) {
                    return line.substring(PREFIX.length());
                }
                noise.append(line).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "the child ended: " + noise;
    }

    private static void say(String line) {
        System.out.println(PREFIX + line);
        System.out.flush();
    }

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        try {
            switch (arguments[0]) {
                case "own" -> own(file);
                case "count" -> count(file);
                case "fill" -> fill(file, Path.of(arguments[2]));
                case "wait" -> obey(file);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        } catch (StoreException e) {
            say(e.reason() + " " + e.getMessage());
        }
    }

    /// Opens and closes.
    private static void own(Path file) {
        Database.open(file, Journal.ALL).close();
        say("opened");
    }

    /// Writes rows one by one for ever and acknowledges each after it was committed.
    private static void count(Path file) {
        try (Database database = Database.open(file, Journal.ALL)) {
            long next = 1 + Journal.count(database);
            while (true) {
                Journal.fill(database, next, next);
                say(Long.toString(next));
                next++;
            }
        }
    }

    /// Writes until the disk is full, makes room by deleting `ballast`, and writes once more.
    private static void fill(Path file, Path ballast) throws IOException {
        Files.write(ballast, new byte[200_000]);
        try (Database database = Database.open(file, Journal.ALL)) {
            long acknowledged = 0;
            try {
                while (acknowledged < 100_000) {
                    Journal.fill(database, acknowledged + 1, acknowledged + 1);
                    acknowledged++;
                }
                say("never full");
            } catch (StoreException e) {
                say(e.reason() + " " + e.getMessage());
            }
            Files.delete(ballast);
            Journal.fill(database, acknowledged + 1, acknowledged + 20);
            say("missing " + (acknowledged + 20 - Journal.count(database)));
            say("findings " + database.check());
        }
    }

    /// Writes one row for each line it is given, and says how that went.
    private static void obey(Path file) throws IOException {
        try (Database database = Database.open(file, Journal.ALL);
                BufferedReader orders =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            say("ready");
            long next = 1;
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                try {
                    long last = next + Long.parseLong(line) - 1;
                    Journal.fill(database, next, last);
                    next = last + 1;
                    say("ok " + last + " of " + Journal.count(database));
                } catch (StoreException e) {
                    say(e.reason() + " " + e.getMessage());
                }
            }
        }
    }
}
