package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.gpio.InputStore.HoldNote;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What this program and `packaging/hold-inputs` tell each other. The helper runs before Java does:
/// it requests the lines again that were counted last, so that after a power cut the kernel buffers
/// edges many seconds before there is a program to read them.
///
/// - A *plan*, `STATE/inputs/NAME`, says what to request; this program writes it when it requests a
///   line itself.
/// - A *note*, `RUNTIME/NAME.held`, says that a line was requested, since when, and as which input;
///   the helper writes it, and this program removes it before it reads the first edge. So a line
///   with a note is a line that nobody has read.
///
/// Both are a few lines `key=value` in fixed order; whatever else is found counts as nothing.
final class BootHold {
    private static final int MOST_BYTES = 2_048;
    private static final Pattern NOTE =
            Pattern.compile(
                    """
                    boot=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})
                    since=(0|[1-9][0-9]{0,17})
                    input=([ -~]{1,1024})
                    """);

    private final Optional<Path> plan;
    private final Optional<Path> note;

    private BootHold(Optional<Path> plan, Optional<Path> note) {
        this.plan = plan;
        this.note = note;
    }

    /// Of the input of that name, in the folders that the service manager gives; without them
    /// nothing is told.
    ///
    /// @param state survives a boot
    /// @param runtime does not
    static BootHold of(String input, Optional<Path> state, Optional<Path> runtime) {
        return new BootHold(
                state.map(folder -> folder.resolve("inputs").resolve(input)),
                runtime.map(folder -> folder.resolve(input + ".held")));
    }

    /// What to request of the kernel.
    ///
    /// @param chip path of its device
    /// @param chipLabel what the kernel calls it: paths may be given anew at a boot
    /// @param flags of `struct gpio_v2_line_config`
    /// @param buffer edges that the kernel is to keep
    /// @param input what the line is requested as, see [GpioInput#label]
    record Plan(String chip, String chipLabel, int line, long flags, int buffer, String input) {
        private String text() {
            return "chip=%s\nlabel=%s\nline=%d\nflags=%d\nbuffer=%d\ninput=%s\n"
                    .formatted(chip, chipLabel, line, flags, buffer, input);
        }
    }

    /// Leaves the plan, on the disk when this returns. One that says the same is left alone.
    void leave(Plan wanted) throws IOException {
        if (plan.isEmpty() || text(plan.get()).equals(Optional.of(wanted.text()))) {
            return;
        }
        Path file = plan.get();
        Files.createDirectories(file.getParent());
        Path whole = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(whole, wanted.text());
        try (FileChannel written = FileChannel.open(whole, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /// The line is not wanted at the next boot.
    void withdraw() throws IOException {
        if (plan.isPresent()) {
            Files.deleteIfExists(plan.get());
        }
    }

    /// How the line came to be held.
    Optional<HoldNote> note() {
        return note.flatMap(BootHold::text)
                .map(NOTE::matcher)
                .filter(Matcher::matches)
                .map(found ->
                        new HoldNote(
                                UUID.fromString(found.group(1)),
                                Long.parseLong(found.group(2)),
                                found.group(3)));
    }

    /// The line is read from now on, or is held no more.
    void removeNote() throws IOException {
        if (note.isPresent()) {
            Files.deleteIfExists(note.get());
        }
    }

    private static Optional<String> text(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            return bytes.length > MOST_BYTES
                    ? Optional.empty()
                    : Optional.of(new String(bytes, StandardCharsets.US_ASCII));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
