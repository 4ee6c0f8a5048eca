package energy.cryptometer.fullnode.chain;

import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.proof.ChainProof;
import energy.cryptometer.ledger.proof.TransactionProof;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.Height;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A body with its tree, ready to prove what stands in it.
public record BlockTree(Height height, Body body, MerkleTree tree) {
    static BlockTree of(Height height, Body body) {
        return new BlockTree(height, body, body.tree());
    }

    /// The proof of the transaction at a leaf.
    public TransactionProof transactionProof(long leaf) {
        int place = Math.toIntExact(leaf - Body.leafIndex(0));
        return new TransactionProof(height, body.transactions().get(place), tree.inclusion(leaf));
    }

    /// One proof for each type of transaction that this sender has in the block.
    public List<ChainProof> chainProofs(KeyId signer) {
        List<ChainProof> proofs = new ArrayList<>();
        List<SignedTransaction> all = body.transactions();
        int i = 0;
        while (i < all.size()) {
            int end = i;
            while (end < all.size() && isRun(all.get(i), all.get(end), signer)) {
                end++;
            }
            if (end > i) {
                proofs.add(proof(i, end));
            }
            i = Math.max(end, i + 1);
        }
        return proofs;
    }

    private static boolean isRun(SignedTransaction first, SignedTransaction other, KeyId signer) {
        return other.signer().equals(signer) && other.content().type() == first.content().type();
    }

    private ChainProof proof(int from, int to) {
        List<SignedTransaction> all = body.transactions();
        return new ChainProof(
                height,
                all.get(from).content().type(),
                all.get(from).content().sequence(),
                all.get(to - 1).content().sequence(),
                tree.range(Body.leafIndex(from), Body.leafIndex(to)));
    }

    /// A sender's transaction with this sequence.
    public Optional<SignedTransaction> find(KeyId signer, long sequence) {
        return body.transactions().stream()
                .filter(transaction ->
                        transaction.signer().equals(signer)
                                && transaction.content().sequence() == sequence)
                .findFirst();
    }
}
