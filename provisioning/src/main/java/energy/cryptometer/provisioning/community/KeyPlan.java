package energy.cryptometer.provisioning.community;

import energy.cryptometer.hal.key.PinSource;
import energy.cryptometer.hal.key.pkcs11.Pkcs11Uri;
import energy.cryptometer.ledger.key.PublicKey;

/// Where the key of a member comes from.
sealed interface KeyPlan {
    /// The key exists elsewhere; only its public side is known here.
    record Enrolled(PublicKey publicKey) implements KeyPlan {}

    /// The key lives in a token that is plugged in; it is made there unless it is there.
    ///
    /// @param pinLine how a configuration names the PIN: `pin_file = "/etc/pin"`
    record Token(Pkcs11Uri uri, PinSource pin, String pinLine) implements KeyPlan {}

    /// A new key in a file, for trials.
    record Trial() implements KeyPlan {}
}
