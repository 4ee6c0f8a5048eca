package energy.cryptometer.hal.meter.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The meters this program knows, one data file each next to this class. Adding a meter is adding a
/// file and its name to `models.txt`.
public final class MeterModels {
    private static final String INDEX = "models.txt";
    private static final String SUFFIX = ".meter";
    private static final int LARGEST_FILE = 16_384;

    private MeterModels() {}

    /// The names of all known meters, in alphabetical order.
    public static List<String> names() {
        return resource(INDEX).lines().filter(line -> !line.isBlank()).toList();
    }

    /// All known meters, in the order of their names.
    public static List<MeterModel> all() {
        return names().stream().map(MeterModels::load).toList();
    }

    /// The meter of that name, empty if there is none: see [#names].
    public static Optional<MeterModel> named(String name) {
        return names().contains(name) ? Optional.of(load(name)) : Optional.empty();
    }

    private static MeterModel load(String name) {
        return switch (MeterModelFile.parse(name, resource(name + SUFFIX))) {
            case MeterModelFile.Parsed(MeterModel model) -> model;
            case MeterModelFile.Rejected(List<String> problems) ->
                    throw new IllegalStateException(
                            "meter file " + name + SUFFIX + ": " + String.join("; ", problems));
        };
    }

    private static String resource(String name) {
        try (InputStream in = MeterModels.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "meter file " + name + " is missing from the program; install it again");
            }
            return new String(in.readNBytes(LARGEST_FILE), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read meter file " + name, e);
        }
    }
}
