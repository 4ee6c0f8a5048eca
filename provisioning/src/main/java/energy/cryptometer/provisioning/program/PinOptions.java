package energy.cryptometer.provisioning.program;

import energy.cryptometer.hal.key.PinSource;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the PIN is read from; never from the command line itself, which every user can read.
final class PinOptions {
    @Option(
            names = "--pin-file",
            paramLabel = "FILE",
            description = "The PIN on one line, in a file that only its owner may read.")
    private @Nullable Path file;

    @Option(
            names = "--pin-credential",
            paramLabel = "NAME",
            description = "The PIN as a credential of systemd (LoadCredential=).")
    private @Nullable String credential;

    Optional<PinSource> source() {
        if (file != null) {
            return Optional.of(PinSource.file(file));
        }
        if (credential == null) {
            return Optional.empty();
        }
        return Optional.of(PinSource.parse("systemd-credential:" + credential));
    }
}
