package energy.cryptometer.fullnode.voting;

import energy.cryptometer.fullnode.chain.ChainStore;
import energy.cryptometer.fullnode.chain.VoteRows;
import energy.cryptometer.fullnode.log.NodeLog;
import energy.cryptometer.fullnode.mempool.Mempool;
import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.Certificate;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.SignedVote;
import energy.cryptometer.ledger.block.Vote;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.rule.BlockRules;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.rule.Proposal;
import energy.cryptometer.ledger.rule.Proposer;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.state.MeterAccount;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.Round;
import energy.cryptometer.timing.TimeSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes blocks, one for each market step, where the quorum is one. What it is about to sign is on
/// the disk before it signs; after a crash it approves that very block and no other. Used by one
/// thread at a time.
public final class VotingRound {
    private final ChainStore chain;
    private final Mempool mempool;
    private final VoteRows votes;
    private final NodeSigners keys;
    private final BlockLimits limits;
    private final Genesis genesis;

    public VotingRound(
            ChainStore chain,
            Mempool mempool,
            VoteRows votes,
            NodeSigners keys,
            BlockLimits limits) {
        this.chain = chain;
        this.mempool = mempool;
        this.votes = votes;
        this.keys = keys;
        this.limits = limits;
        this.genesis = chain.genesis();
    }

    /// Makes, approves and stores the block after the head.
    ///
    /// @param time tells how long it took
    /// @return what is told about it
    /// @throws energy.cryptometer.store.StoreException if the disk fails; try again later
    public Closed closeNext(TimeSource time) {
        long began = time.nanoTime();
        ChainState before = chain.chain();
        Height height = before.tip().height().next();
        Optional<Block> stored = chain.whole(height);
        Judged next = stored.isPresent() ? takenUp(before, stored.get()) : voted(before, height);
        requireApproved(next.block());
        chain.append(next.block(), next.after());
        mempool.approved(next.after());
        return new Closed(
                height,
                next.block().body().transactions().size(),
                register(next.after()).minus(register(before.accounts())),
                time.since(began));
    }

    /// A block that keeps all rules, and the accounts after it.
    private record Judged(Block block, Accounts after) {}

    /// After an I/O error nobody knows whether the write counted. If it did, the block is on the
    /// disk and signed; there is no other of its height.
    private Judged takenUp(ChainState before, Block stored) {
        return new Judged(stored, check(before, stored.header(), stored.body(), Set.of()));
    }

    /// Decides on a block, or remembers the one that was promised before a crash, and signs it. A
    /// proposal of this run holds transactions that the mempool has verified, and allocations we
    /// have signed; one from the disk is verified whole.
    private Judged voted(ChainState before, Height height) {
        Optional<VoteRows.Proposed> promised = promised(height);
        VoteRows.Proposed proposal =
                promised.isPresent() ? promised.get() : propose(before, Round.FIRST);
        Header header = proposal.header();
        Body body = proposal.body();
        Accounts after =
                check(
                        before,
                        header,
                        body,
                        promised.isPresent() ? Set.of() : new HashSet<>(body.transactions()));
        Vote vote = Vote.precommit(header, genesis.community());
        votes.promise(vote, proposal);
        Certificate certificate =
                Certificate.of(List.of(SignedVote.sign(vote, keys.node(), genesis.community())));
        return new Judged(new Block(header, certificate, body), after);
    }

    /// The block of this height that this node has said it would approve, if it has.
    private Optional<VoteRows.Proposed> promised(Height height) {
        return votes.last()
                .filter(vote -> vote.height().equals(height) && vote.header().isPresent())
                .flatMap(vote -> votes.proposal(height, vote.round()));
    }

    /// A block that was approved.
    ///
    /// @param transactions it holds
    /// @param generated energy that its generations added to the meters' registers
    public record Closed(Height height, int transactions, Energy generated, Duration took) {
        public void tell(NodeLog log) {
            log.line(
                    "block height=%d transactions=%d generated=%s ms=%d"
                            .formatted(
                                    height.value(),
                                    transactions,
                                    generated.toString().replace(" ", ""),
                                    took.toMillis()));
        }
    }

    private VoteRows.Proposed propose(ChainState before, Round round) {
        Height height = before.tip().height().next();
        List<SignedTransaction> content =
                BlockAssembly.choose(
                        before, mempool.upTo(height.closedStep()), keys.plant(), limits);
        return switch (Proposal.build(
                before, round, new Proposer(keys.index(), keys.lottery()), content)) {
            case Outcome.Accepted<Proposal>(Proposal proposal) ->
                    new VoteRows.Proposed(proposal.header(), proposal.body());
            case Outcome.Refused<Proposal>(var refusal) ->
                    throw new IllegalStateException("our own proposal: " + refusal);
        };
    }

    private Accounts check(
            ChainState before, Header header, Body body, Set<SignedTransaction> verified) {
        BlockRules rules =
                new BlockRules(
                        genesis,
                        (transaction, key) ->
                                verified.contains(transaction)
                                        ? new SignatureVerdict.Valid()
                                        : transaction.verify(key));
        return switch (rules.check(before, header, body)) {
            case Outcome.Accepted<Accounts>(Accounts after) -> after;
            case Outcome.Refused<Accounts>(var refusal) ->
                    throw new IllegalStateException("our own block: " + refusal);
        };
    }

    private void requireApproved(Block block) {
        Certificate.Verdict verdict =
                block.certificate().verify(block.header(), genesis.nodes(), genesis.community());
        if (!(verdict instanceof Certificate.Verdict.Approved)) {
            throw new IllegalStateException("our own certificate: " + verdict);
        }
    }

    private static Energy register(Accounts accounts) {
        return accounts.meters().values().stream()
                .map(MeterAccount::register)
                .reduce(Energy.ZERO, Energy::plus);
    }
}
