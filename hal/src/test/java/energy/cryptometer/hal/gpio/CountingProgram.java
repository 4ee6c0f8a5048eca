package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.clock.LinuxClock;
import energy.cryptometer.hal.edge.PulseRule;
import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.SystemCallException;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.hal.pulse.SourceState.EdgeMark;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A program that counts a line which another process plays, writes each batch to a file in one
/// piece, and never stops by itself: it is there to be killed.
final class CountingProgram {
    static final String LABEL_LINE = "17";
    static final GpioInput INPUT =
            new GpioInput(
                    "/dev/gpiochip0",
                    LABEL_LINE,
                    true,
                    GpioInput.Bias.PULL_UP,
                    PulseRule.USUAL,
                    100_000);

    private CountingProgram() {}

    /// Opened anew through `/proc`: the same pipe and the same memory.
    private record OfAnotherProcess(String line, String ring) implements InputStore {
        @Override
        public Optional<Left> take() {
            try {
                return Optional.of(new Kept(Descriptor.open(line), Descriptor.open(ring)));
            } catch (SystemCallException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void keep(Kept kept) {
            throw new IllegalStateException("the program did not go on with what it was given");
        }

        @Override
        public void forget() {}

        @Override
        public boolean survives() {
            return true;
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path journal = Path.of(arguments[2]);
        LinuxClock board = LinuxClock.ofThisMachine();
        try (FileOutputStream out = new FileOutputStream(journal.toFile(), true);
                GpioPulseSource source =
                        GpioPulseSource.open(
                                INPUT,
                                () -> {
                                    throw new IllegalStateException("the line was requested");
                                },
                                new OfAnotherProcess(arguments[0], arguments[1]),
                                EventClock.ofKernel(board),
                                state(journal, board))) {
            while (true) {
                SourceBatch batch = source.await(Duration.ofSeconds(1));
                if (!batch.isEmpty()) {
                    out.write(written(batch).getBytes(StandardCharsets.UTF_8));
                    source.acknowledge(batch.stateAfter().count());
                }
            }
        }
    }

    private static String written(SourceBatch batch) {
        StringBuilder text = new StringBuilder();
        batch.items()
                .forEach(item ->
                        text.append(
                                item instanceof Pulse pulse
                                        ? "pulse "
                                                + pulse.count()
                                                + " "
                                                + pulse.capturedAt().bootNanos()
                                                + "\n"
                                        : "event " + item + "\n"));
        EdgeMark mark = batch.stateAfter().edges().orElseThrow();
        return text.append("state ")
                .append(batch.stateAfter().count())
                .append(' ')
                .append(mark.request())
                .append(' ')
                .append(mark.edge())
                .append('\n')
                .toString();
    }

    private static SourceState state(Path journal, LinuxClock board) throws IOException {
        List<String> states =
                Files.readAllLines(journal).stream().filter(l -> l.startsWith("state")).toList();
        if (states.isEmpty()) {
            return SourceState.NEVER_STARTED;
        }
        String[] words = states.getLast().split(" ", -1);
        return new SourceState(
                Long.parseLong(words[1]),
                Optional.empty(),
                Optional.of(
                        new EdgeMark(
                                Long.parseLong(words[2]), Long.parseLong(words[3]), board.read())));
    }
}
