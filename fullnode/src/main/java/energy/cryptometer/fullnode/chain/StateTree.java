package energy.cryptometer.fullnode.chain;

import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.proof.AccountProof;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import java.util.Optional;
import java.util.OptionalInt;

/// All accounts after one block with their tree, ready to prove each.
public record StateTree(Height height, Accounts accounts, MerkleTree tree) {
    static StateTree of(Height height, Accounts accounts) {
        return new StateTree(height, accounts, accounts.tree());
    }

    /// The account as it stood, proven; nothing if the community has no such account.
    public Optional<AccountProof> proof(AccountId account) {
        OptionalInt index = accounts.indexOf(account);
        return index.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new AccountProof(
                                height,
                                accounts.leaves().get(index.getAsInt()),
                                tree.inclusion(index.getAsInt())));
    }
}
