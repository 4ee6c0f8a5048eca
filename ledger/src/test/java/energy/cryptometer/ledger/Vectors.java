package energy.cryptometer.ledger;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Test vectors of others, which the project does not contain. They are looked for in
/// `../../shared/vectors`, seen from the module's folder; `-Dvectors=DIRECTORY` names another
/// place. A test whose vectors are not there is skipped.
public final class Vectors {
    private static final Path ROOT =
            Path.of(System.getProperty("vectors", "../../shared/vectors")).toAbsolutePath();

    private Vectors() {}

    /// The file or folder; the running test is skipped if it does not exist.
    public static Path require(String name) {
        Path path = ROOT.resolve(name);
        Assumptions.assumeTrue(Files.exists(path), () -> "no vectors at " + path);
        return path;
    }

    /// All files below a folder whose names end in `.json`, in order of their paths.
    public static List<Path> jsonFilesIn(String folder) {
        try (Stream<Path> files = Files.walk(require(folder))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Parses JSON into maps, lists, strings, numbers and booleans.
    public static Object json(Path file) {
        try {
            return JSON.std.anyFrom(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
