package energy.cryptometer.firmware.journal;

import energy.cryptometer.firmware.capture.CaptureStage;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.pulse.SimulatedPulseSource;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.timing.Worker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The test meter in a process of its own, to be starved and killed.
final class MeterProcess {
    private static final String PREFIX = "meter: ";

    private MeterProcess() {}

    /// Starts this class's main in a new Java process, behind `prefix` (such as `unshare`).
    static Process start(List<String> prefix, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx96m",
                        // A killed Java leaves the library it unpacked; here it does no harm.
                        "-Dorg.sqlite.tmpdir=" + Path.of("target").toAbsolutePath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MeterProcess.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /// The next thing the process says, past what Java itself prints.
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
        return "the meter ended: " + noise;
    }

    private static void say(String line) {
        System.out.println(PREFIX + line);
        System.out.flush();
    }

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        TestMeter meter = TestMeter.number(1);
        try (Journal journal = Journal.open(file, meter.identity(), TestMeter.reading(0))) {
            switch (arguments[0]) {
                case "count" -> count(journal);
                case "sign" -> sign(journal, meter);
                case "fill" -> fill(journal, Path.of(arguments[2]));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        } catch (RuntimeException e) {
            say("failed " + e.getMessage());
        }
    }

    /// Appends pulses in batches of 1 to 5 and says the last count that is durable.
    private static void count(Journal journal) {
        long last = journal.counts().counted();
        say("ready");
        while (true) {
            long next = last + 1 + last % 5;
            journal.append(TestMeter.pulses(last + 1, next));
            last = next;
            say(Long.toString(last));
        }
    }

    /// The same, and signs what it has; says the last sequence that is durable.
    private static void sign(Journal journal, TestMeter meter) {
        say("ready");
        while (true) {
            long last = journal.counts().counted();
            journal.append(TestMeter.pulses(last + 1, last + 7));
            List<Captured> some = journal.unsigned(5);
            journal.appendSigned(meter.sign(journal, some), some.getLast().id());
            say(Long.toString(journal.cursors().signedSequence()));
        }
    }

    /// Counts onto a disk that is full until the ballast is deleted.
    private static void fill(Journal journal, Path ballast) throws IOException {
        SimulatedClock clock = SimulatedClock.startingAt(TestMeter.START);
        SimulatedPulseSource source = SimulatedPulseSource.open(clock, journal.sourceState());
        int ordered = 0;
        try (CaptureStage stage =
                        new CaptureStage(
                                source,
                                journal,
                                line -> heard(line, ballast),
                                CaptureStage.Waiting.USUAL,
                                SystemTime.CLOCKS);
                Worker _ =
                        new Worker(
                                        "capture",
                                        stage,
                                        Worker.Closing.INTERRUPTS,
                                        Duration.ofSeconds(15))
                                .start()) {
            while (Files.exists(ballast)) {
                ordered += 100;
                source.pulse(100);
                while (Files.exists(ballast) && journal.counts().counted() < ordered) {
                    Thread.onSpinWait();
                }
            }
            while (journal.counts().counted() < ordered && stage.failure().isEmpty()) {
                Thread.onSpinWait();
            }
        }
        say("missing " + (ordered - journal.counts().counted()));
        say("captures " + (journal.cursors().captured() == ordered));
        say("findings " + journal.check());
    }

    private static void heard(String line, Path ballast) {
        say(line);
        try {
            Files.deleteIfExists(ballast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
