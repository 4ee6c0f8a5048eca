package energy.cryptometer.fullnode.mempool;

import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.rule.Refusal;
import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.rule.VersionRule;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.Capture;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.MeterEvent;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What can be refused without looking at the chain or at a signature.
final class AdmissionRules {
    private final Set<KeyId> meters = new HashSet<>();
    private final Set<KeyId> members = new HashSet<>();

    AdmissionRules(Genesis genesis) {
        genesis.meters().stream().map(MeterEntry::key).forEach(key -> meters.add(key.id()));
        members.addAll(genesis.signers().keySet());
        genesis.nodes().nodes().forEach(node -> members.add(node.key().id()));
    }

    /// @param latest the latest capture time that is believed
    Optional<Refusal> check(Batch batch, Instant latest) {
        if (!members.contains(batch.signer())) {
            return Optional.of(
                    Refusal.of(
                            Reason.UNKNOWN_SENDER,
                            "%s: the community knows no such key",
                            batch.signer()));
        }
        for (SignedTransaction transaction : batch.transactions()) {
            Optional<Refusal> refusal = check(transaction, latest);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> check(SignedTransaction transaction, Instant latest) {
        return VersionRule.check(transaction)
                .or(() -> role(transaction))
                .or(() -> time(transaction, latest));
    }

    private Optional<Refusal> role(SignedTransaction transaction) {
        boolean submitted = transaction.content().type() != TransactionType.ALLOCATION;
        return submitted && meters.contains(transaction.signer())
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(
                                Reason.WRONG_ROLE,
                                "%s: only meters submit, and only generations, transfers and"
                                        + " events",
                                transaction));
    }

    private static Optional<Refusal> time(SignedTransaction transaction, Instant latest) {
        return capture(transaction)
                .filter(capture -> capture.at().isAfter(latest))
                .map(capture ->
                        Refusal.of(
                                Reason.FUTURE_DATED,
                                "%s was captured at %s, the latest believed now is %s; check both"
                                        + " clocks",
                                transaction,
                                capture.at(),
                                latest));
    }

    private static Optional<Capture> capture(SignedTransaction transaction) {
        return switch (transaction.content()) {
            case Generation generation -> Optional.of(generation.capture());
            case MeterEvent event -> Optional.of(event.capture());
            default -> Optional.empty();
        };
    }
}
