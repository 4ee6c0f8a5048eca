package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.Json;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.Conclusion;
import energy.cryptometer.lightclient.verify.ProofBundle;
import java.util.Locale;
import java.util.Objects;

/// A proven transaction in words and as JSON.
record BundleView(Genesis genesis, AccountNames names, ProofBundle bundle) {
    private SignedTransaction transaction() {
        return bundle.proof().transaction();
    }

    private AccountId sender() {
        PublicKey key = genesis.signers().get(transaction().signer());
        return AccountId.of(Objects.requireNonNull(key, "a verified signer is a member"));
    }

    private Height height() {
        return bundle.proof().height();
    }

    Json json() {
        Json json =
                Reply.verdict(Conclusion.ACCEPTED)
                        .put("community", genesis.community().toString())
                        .put("transaction", transaction().id().toString())
                        .put("type", transaction().content().type().toString())
                        .put("sequence", transaction().content().sequence())
                        .put("account", sender().toString());
        names.name(sender()).ifPresent(name -> json.put("name", name));
        return json.put("height", height().value())
                .put("time", genesis.schedule().time(height()).toString());
    }

    String words() {
        return "Proven: %s of %s, number %d, stands in the block of %s (%s)."
                .formatted(
                        what(),
                        names.call(sender()),
                        transaction().content().sequence(),
                        genesis.schedule().time(height()),
                        height());
    }

    private String what() {
        return switch (transaction().content()) {
            case Generation generation ->
                    "a pulse at %s, total count %d"
                            .formatted(generation.capture().at(), generation.count());
            case Transfer transfer -> "a transfer of %s".formatted(transfer.energy());
            default ->
                    transaction()
                            .content()
                            .type()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', ' ');
        };
    }
}
