package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.key.KeyId;
import java.util.ArrayList;
import java.util.List;

/// Puts a sender's transactions together again, each linked to the one before it.
final class Rebuilder {
    private final KeyId signer;
    private final Community community;
    private final List<SignedTransaction> transactions = new ArrayList<>();
    private ChainLink link;

    Rebuilder(KeyId signer, ChainLink link, Community community) {
        this.signer = signer;
        this.link = link;
        this.community = community;
    }

    /// The place of the next transaction.
    ChainLink link() {
        return link;
    }

    void add(Transaction content, byte[] signature) throws MalformedException {
        if (transactions.size() == Batch.MAX_TRANSACTIONS) {
            throw new MalformedException(
                    "batch has more than %d transactions".formatted(Batch.MAX_TRANSACTIONS));
        }
        if (!content.link().equals(link)) {
            throw new MalformedException(
                    "batch: sequence %d stands where sequence %d must follow"
                            .formatted(content.sequence(), link.sequence()));
        }
        SignedTransaction transaction = SignedTransaction.of(content, signer, signature, community);
        transactions.add(transaction);
        link = transaction.next();
    }

    List<SignedTransaction> transactions() {
        return transactions;
    }
}
