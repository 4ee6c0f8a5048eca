package energy.cryptometer.provisioning.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.hal.key.PinSource;
import energy.cryptometer.hal.key.pkcs11.Pkcs11Uri;
import java.util.Optional;

/// The PIN of a token: as an option names it, else as the URI does.
final class TokenPin {
    private TokenPin() {}

    static PinSource of(Pkcs11Uri uri, Optional<PinSource> option) {
        return option.or(() -> uri.pinSource().map(PinSource::parse))
                .orElseThrow(() ->
                        new CommandFailure(
                                ExitCode.USAGE,
                                "no PIN is named: add --pin-file FILE, --pin-credential NAME, or"
                                        + " pin-source=file:/path to the URI"));
    }
}
