package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// A transaction is signed by somebody whom the community knows.
public final class SignatureRule {
    private final Map<KeyId, PublicKey> signers;
    private final BiFunction<SignedTransaction, PublicKey, SignatureVerdict> signatures;

    /// A rule that verifies every signature.
    public SignatureRule(Genesis genesis) {
        this(genesis, SignedTransaction::verify);
    }

    /// @param signatures how a transaction's signature is judged
    SignatureRule(
            Genesis genesis,
            BiFunction<SignedTransaction, PublicKey, SignatureVerdict> signatures) {
        this.signers = genesis.signers();
        this.signatures = signatures;
    }

    /// Why the transaction is refused, if it is.
    public Optional<Refusal> check(SignedTransaction transaction) {
        PublicKey key = signers.get(transaction.signer());
        if (key == null) {
            return Optional.of(
                    Refusal.of(
                            Reason.UNKNOWN_SENDER,
                            "%s: the community knows no such key",
                            transaction));
        }
        SignatureVerdict verdict = signatures.apply(transaction, key);
        return verdict instanceof SignatureVerdict.Valid
                ? Optional.empty()
                : Optional.of(Refusal.of(Reason.BAD_SIGNATURE, "%s: %s", transaction, verdict));
    }
}
