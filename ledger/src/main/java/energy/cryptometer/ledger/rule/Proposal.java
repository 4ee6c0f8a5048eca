package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.Header.Election;
import energy.cryptometer.ledger.block.Settlement;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.Round;
import java.util.List;
import java.util.Optional;

/// A block before its approval.
///
/// @param accounts after it
public record Proposal(Header header, Body body, Accounts accounts) {
    /// Builds the next block for one of its voting rounds.
    ///
    /// @param proposer the node that may propose in this round
    /// @param transactions whole pieces of senders' chains; any order
    /// @return the proposal, or why it would be refused: another node proposes in this round, or a
    ///   transaction breaks a rule
    public static Outcome<Proposal> build(
            ChainState chain,
            Round round,
            Proposer proposer,
            List<SignedTransaction> transactions) {
        Genesis genesis = chain.genesis();
        Hash beacon = chain.tip().beacon();
        Height height = chain.tip().height().next();
        Lottery lottery = new Lottery(genesis.community());
        Optional<Refusal> notAdmitted =
                lottery.checkProposer(proposer.node(), beacon, round, genesis.nodes());
        if (notAdmitted.isPresent()) {
            return new Outcome.Refused<>(notAdmitted.get());
        }
        Body body =
                new Body(
                        Settlement.uncontested(proposer.node()),
                        chain.tip().certificate(),
                        transactions);
        Election election = lottery.prove(proposer, beacon, height, round);
        return BlockRules.after(chain, height, proposer.node(), body)
                .then(accounts ->
                        new Outcome.Accepted<>(
                                new Proposal(
                                        header(chain, round, election, body, accounts),
                                        body,
                                        accounts)));
    }

    private static Header header(
            ChainState chain, Round round, Election election, Body body, Accounts accounts) {
        MerkleTree content = body.tree();
        MerkleTree state = accounts.tree();
        Hash nodes = chain.genesis().nodes().root();
        return new Header(
                chain.tip().height().next(),
                round,
                chain.tip().hash(),
                chain.tip().headers().root(),
                new Header.Content(content.root(), content.size()),
                new Header.State(state.root(), state.size()),
                new Header.Nodes(nodes, nodes, Height.GENESIS),
                election);
    }
}
