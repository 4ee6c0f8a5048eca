package energy.cryptometer.provisioning.description;

import energy.cryptometer.hal.key.PinSource;
import energy.cryptometer.hal.key.pkcs11.Pkcs11Uri;
import energy.cryptometer.ledger.key.PublicKey;
import java.nio.file.Path;
import java.util.Optional;

/// Where the key of a member comes from.
public sealed interface KeySource {
    /// The key exists elsewhere; only its public side is known here.
    record Enrolled(PublicKey publicKey) implements KeySource {}

    /// The key lives in a token that is plugged in; it is made there unless it exists.
    ///
    /// @param pinFile the file of the PIN, unless the URI names where the PIN is
    record Token(Pkcs11Uri uri, PinSource pin, Optional<Path> pinFile) implements KeySource {}

    /// A new key in a file, for trials.
    record Trial() implements KeySource {}
}
