package energy.cryptometer.firmware.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.hal.key.KeyKind;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.unit.AccountId;

/// What has to fit together before a meter may count: the genesis, the key, and the meter's entry.
final class MeterSetup {
    private MeterSetup() {}

    /// The meter that belongs to an account.
    ///
    /// @throws CommandFailure CONFIG if the community has no such meter
    static MeterEntry entry(Genesis genesis, AccountId account) {
        return genesis.meter(account)
                .orElseThrow(() ->
                        new CommandFailure(
                                ExitCode.CONFIG,
                                "account %s is no meter of community '%s'; is this the right key and the right genesis?"
                                        .formatted(account, genesis.name())));
    }

    /// Refuses a software key where the community wants keys in tokens.
    static void requireAllowed(KeyKind kind, Genesis genesis) {
        if (kind == KeyKind.TRIAL && genesis.policy().hardwareKeysRequired()) {
            throw new CommandFailure(
                    ExitCode.NO_PERMISSION,
                    "community '%s' requires keys in tokens, this is a %s: set key.pkcs11"
                            .formatted(genesis.name(), kind.label()));
        }
    }
}
