package energy.cryptometer.hal.key;

import static energy.cryptometer.hal.key.KeyException.Reason.BAD_URI;
import static energy.cryptometer.hal.key.KeyException.Reason.PIN_UNAVAILABLE;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/// Where a PIN is read from, anew for every login, so that no PIN stays in memory.
@FunctionalInterface
public interface PinSource {
    /// Variable in which systemd names the folder of a service's credentials.
    String CREDENTIALS_DIRECTORY = "CREDENTIALS_DIRECTORY";

    /// Reads the PIN; the caller closes it.
    ///
    /// @throws KeyException PIN_UNAVAILABLE
    Pin read();

    /// A file that only its owner may read, holding the PIN on one line.
    static PinSource file(Path path) {
        return new PinFile(path, PinFile.Readers.OWNER_ONLY);
    }

    /// `file:/path`, `/path` (the two forms of RFC 7512 `pin-source` that need no program) or
    /// `systemd-credential:NAME`.
    ///
    /// @throws KeyException BAD_URI for anything else, PIN_UNAVAILABLE for a credential outside a
    ///   service that has any
    static PinSource parse(String text) {
        return parse(text, System.getenv());
    }

    /// As [#parse(String)], with the environment as an argument.
    static PinSource parse(String text, Map<String, String> environment) {
        String scheme = "systemd-credential:";
        if (text.startsWith(scheme)) {
            return credential(text.substring(scheme.length()), environment);
        }
        if (text.startsWith("file:")) {
            return file(pathOfFileUri(text));
        }
        if (text.startsWith("/") && text.indexOf('\0') < 0) {
            return file(Path.of(text));
        }
        throw new KeyException(
                BAD_URI,
                "PIN source '%s' is not understood: write file:/path, /path or %sNAME."
                        .formatted(SanitizedText.of(text), scheme));
    }

    private static PinSource credential(String name, Map<String, String> environment) {
        if (!Pattern.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}", name)) {
            throw new KeyException(
                    BAD_URI,
                    "Credential name '%s' is refused: 1 to 64 of A-Z a-z 0-9 . _ - and no dot first."
                            .formatted(SanitizedText.of(name)));
        }
        String directory = environment.getOrDefault(CREDENTIALS_DIRECTORY, "");
        if (!directory.startsWith("/")) {
            throw new KeyException(
                    PIN_UNAVAILABLE,
                    "Credential '%s' is wanted, but $%s is not set: a unit gets it by LoadCredential=%s:/path or"
                                    .formatted(name, CREDENTIALS_DIRECTORY, name)
                            + " ImportCredential=; by hand, let /usr/lib/cryptometer/as-service run"
                            + " this command.");
        }
        return new PinFile(Path.of(directory, name), PinFile.Readers.SERVICE_ONLY);
    }

    private static Path pathOfFileUri(String text) {
        try {
            return Path.of(new URI(text));
        } catch (URISyntaxException | IllegalArgumentException problem) {
            throw new KeyException(
                    BAD_URI,
                    "PIN source '%s' is not a file URI: write file:/absolute/path."
                            .formatted(SanitizedText.of(text)),
                    problem);
        }
    }
}
