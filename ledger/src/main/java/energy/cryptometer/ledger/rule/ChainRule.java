package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import java.util.Optional;

/// A sender's transactions form one chain without a gap.
final class ChainRule {
    private ChainRule() {}

    static Optional<Refusal> check(ChainLink expected, SignedTransaction transaction) {
        ChainLink found = transaction.content().link();
        if (found.sequence() != expected.sequence()) {
            return Optional.of(
                    Refusal.of(
                            Reason.WRONG_SEQUENCE,
                            "%s has sequence %d, expected %d",
                            transaction.signer(),
                            found.sequence(),
                            expected.sequence()));
        }
        if (!found.previous().equals(expected.previous())) {
            return Optional.of(
                    Refusal.of(
                            Reason.WRONG_PREDECESSOR,
                            "%s names predecessor %s, expected %s",
                            transaction,
                            found.previous(),
                            expected.previous()));
        }
        return Optional.empty();
    }
}
