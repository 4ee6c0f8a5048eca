package energy.cryptometer.provisioning.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.hal.key.PinSource;
import energy.cryptometer.hal.key.Pkcs12Key;
import energy.cryptometer.hal.key.pkcs11.Pkcs11Key;
import energy.cryptometer.hal.key.pkcs11.Pkcs11Uri;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `provision key show`.
@Command(
        name = "show",
        description = "Opens a key, which proves that it signs, and shows its public side.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  provision key show --pin-file /etc/cryptometer/pin \\",
            "      --uri 'pkcs11:token=meter;object=meter-key?module-name=softhsm2'",
            "  provision key show --file trial/key.p12 --pin-file trial/pin",
            "",
            "The public key goes into the description of the community: public_key = \"02..\""
        })
// The command line sets the groups.
@SuppressWarnings("FieldCanBeFinal")
final class KeyShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    /// Where the key is.
    static final class Place {
        @Option(
                names = "--uri",
                paramLabel = "URI",
                description = "The key in its token (RFC 7512).")
        private @Nullable String uri;

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "The file of a trial key (PKCS#12).")
        private @Nullable Path file;
    }

    @ArgGroup(multiplicity = "1")
    private Place place = new Place();

    @ArgGroup private PinOptions pin = new PinOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    KeyShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeySigner signer = open()) {
            KeyReport.print(signer, json, terminal.out());
        }
        return ExitCode.OK.code();
    }

    private KeySigner open() {
        Optional<PinSource> source = pin.source();
        if (place.file != null) {
            PinSource named =
                    source.orElseThrow(() ->
                            new CommandFailure(
                                    ExitCode.USAGE,
                                    "no PIN is named: add --pin-file FILE or --pin-credential"
                                            + " NAME"));
            return new KeySigner(Pkcs12Key.open(place.file, named));
        }
        Pkcs11Uri uri = Pkcs11Uri.parse(place.uri == null ? "" : place.uri);
        return new KeySigner(Pkcs11Key.open(uri, TokenPin.of(uri, source)));
    }
}
