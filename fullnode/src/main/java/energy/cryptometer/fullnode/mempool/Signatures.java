package energy.cryptometer.fullnode.mempool;

import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.rule.Refusal;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import java.util.List;
import java.util.Optional;

/// Verifies the signatures of a piece of one sender's chain. The first one goes alone, so that a
/// stranger's forgery costs one verification; the rest share the processors.
final class Signatures {
    private Signatures() {}

    static Optional<Refusal> check(List<SignedTransaction> transactions, PublicKey key) {
        if (transactions.isEmpty()) {
            return Optional.empty();
        }
        return judge(transactions.getFirst(), key)
                .or(() ->
                        transactions.subList(1, transactions.size()).parallelStream()
                                .map(transaction -> judge(transaction, key))
                                .flatMap(Optional::stream)
                                .findFirst());
    }

    private static Optional<Refusal> judge(SignedTransaction transaction, PublicKey key) {
        SignatureVerdict verdict = transaction.verify(key);
        return verdict.isValid()
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(
                                Refusal.Reason.BAD_SIGNATURE,
                                "%s: %s",
                                transaction,
                                verdict.sentence()));
    }
}
