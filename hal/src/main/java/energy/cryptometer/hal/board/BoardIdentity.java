package energy.cryptometer.hal.board;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Which board this is.
///
/// @param model as its maker, or Pi4J, calls it
/// @param serial of the board, where it has one
public record BoardIdentity(String model, Optional<String> serial) {
    private static final int MOST_BYTES = 256;

    /// Reads what the kernel knows. What is missing or unreadable is left out, never a failure.
    ///
    /// @param root `/`, or a folder that stands for it
    /// @param known the model, if somebody knows it better
    public static BoardIdentity read(Path root, Optional<String> known) {
        Optional<String> told =
                first(root, "proc/device-tree/model", "sys/class/dmi/id/product_name");
        return new BoardIdentity(
                known.or(() -> told).orElse("unknown board"),
                first(root, "proc/device-tree/serial-number"));
    }

    private static Optional<String> first(Path root, String... files) {
        return Stream.of(files).flatMap(file -> text(root.resolve(file)).stream()).findFirst();
    }

    /// The device tree ends its texts with a zero byte.
    private static Optional<String> text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            String printable = text.replaceAll("[^\\x20-\\x7e]", "").strip();
            return printable.isEmpty() ? Optional.empty() : Optional.of(printable);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// For the log and the status.
    public String line() {
        return serial.map(number -> model + ", serial number " + number).orElse(model);
    }
}
