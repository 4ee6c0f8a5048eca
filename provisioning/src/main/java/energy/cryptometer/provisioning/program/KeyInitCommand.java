package energy.cryptometer.provisioning.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.hal.key.PinSource;
import energy.cryptometer.hal.key.pkcs11.Pkcs11Key;
import energy.cryptometer.hal.key.pkcs11.Pkcs11Uri;
import energy.cryptometer.provisioning.key.TrialKeyFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `provision key init`.
@Command(
        name = "init",
        description = {
            "Makes a new key and shows its public side.",
            "In a token it cannot leave the token; in a folder it is for trials only. A key that"
                    + " exists is never overwritten."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  provision key init --pin-file /etc/cryptometer/pin \\",
            "      --uri 'pkcs11:token=meter;object=meter-key?module-name=softhsm2'",
            "  provision key init --out trial"
        })
// The command line sets the groups.
@SuppressWarnings("FieldCanBeFinal")
final class KeyInitCommand implements Callable<Integer> {
    private final Terminal terminal;

    /// Where the key is made.
    static final class Place {
        @Option(
                names = "--uri",
                paramLabel = "URI",
                description = "The token and the label of the new key (RFC 7512).")
        private @Nullable String uri;

        @Option(
                names = "--out",
                paramLabel = "DIR",
                description = "A folder for a trial key (key.p12) and its random PIN (pin).")
        private @Nullable Path folder;
    }

    @ArgGroup(multiplicity = "1")
    private Place place = new Place();

    @ArgGroup private PinOptions pin = new PinOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    KeyInitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeySigner signer = make()) {
            KeyReport.print(signer, json, terminal.out());
        }
        return ExitCode.OK.code();
    }

    private KeySigner make() {
        Optional<PinSource> source = pin.source();
        if (place.folder != null) {
            if (source.isPresent()) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--out makes its own random PIN: leave --pin-file and --pin-credential"
                                + " away");
            }
            return TrialKeyFolder.create(place.folder, new SecureRandom());
        }
        Pkcs11Uri uri = Pkcs11Uri.parse(place.uri == null ? "" : place.uri);
        return new KeySigner(Pkcs11Key.generate(uri, TokenPin.of(uri, source)));
    }
}
