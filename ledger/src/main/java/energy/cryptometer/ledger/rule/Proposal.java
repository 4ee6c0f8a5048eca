package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.Settlement;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import java.util.List;

/// A block before its approval.
///
/// @param accounts after it
public record Proposal(Header header, Body body, Accounts accounts) {
    /// Builds round 0 of the next block.
    ///
    /// @param proposer index of the proposing node
    /// @param transactions whole pieces of senders' chains; any order
    /// @return the proposal, or the first rule a transaction breaks
    public static Outcome<Proposal> build(
            ChainState chain,
            int proposer,
            VrfSecretKey key,
            List<SignedTransaction> transactions) {
        Height height = chain.tip().height().next();
        Body body =
                new Body(Settlement.uncontested(proposer), chain.tip().certificate(), transactions);
        return BlockRules.after(chain, height, proposer, body)
                .then(accounts ->
                        new Outcome.Accepted<>(
                                new Proposal(
                                        header(chain, proposer, key, body, accounts),
                                        body,
                                        accounts)));
    }

    private static Header header(
            ChainState chain, int proposer, VrfSecretKey key, Body body, Accounts accounts) {
        Height height = chain.tip().height().next();
        MerkleTree content = body.tree();
        MerkleTree state = accounts.tree();
        Hash nodes = chain.genesis().nodes().root();
        Lottery lottery = new Lottery(chain.genesis().community());
        return new Header(
                height,
                0,
                chain.tip().hash(),
                chain.tip().headers().root(),
                new Header.Content(content.root(), content.size()),
                new Header.State(state.root(), state.size()),
                new Header.Nodes(nodes, nodes, Height.GENESIS),
                lottery.prove(key, chain.tip().beacon(), height, proposer));
    }
}
