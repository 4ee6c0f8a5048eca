package energy.cryptometer.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version of this software, as the build wrote it.
public final class Version {
    private static final String RESOURCE = "version.properties";

    private Version() {}

    /// For instance `0.1.0`.
    public static String current() {
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in this build");
            }
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
