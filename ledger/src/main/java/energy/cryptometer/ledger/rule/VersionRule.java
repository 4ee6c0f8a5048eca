package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import java.util.Optional;

/// Types that have a format, but no effect under rules of version 1: whoever sends them, they stay
/// outside, so a later version may give them one.
public final class VersionRule {
    private VersionRule() {}

    /// Why the transaction is refused, if it is.
    public static Optional<Refusal> check(SignedTransaction transaction) {
        return switch (transaction.content().type()) {
            case OFFER, REGISTRATION, CONSUMPTION, EVIDENCE ->
                    Optional.of(
                            Refusal.of(
                                    Reason.NOT_ACCEPTED_YET,
                                    "%s: this type is specified, but rules of version 1 do not"
                                            + " accept it",
                                    transaction));
            case GENERATION, TRANSFER, ALLOCATION, METER_EVENT -> Optional.empty();
        };
    }
}
