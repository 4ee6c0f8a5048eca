package energy.cryptometer.transport.message;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.merkle.InclusionProof;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.proof.AccountProof;
import energy.cryptometer.ledger.proof.HeaderProof;
import energy.cryptometer.ledger.proof.TransactionProof;
import energy.cryptometer.ledger.rule.BlockRules;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.ChainTip;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.rule.ScriptedMeter;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.rule.Transition;
import energy.cryptometer.ledger.state.MeterAccount;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A chain with something in it, as an honest node would have written it: in every step meter A
/// counts three pulses and meter B two, and the plant divides them.
public final class WrittenChain {
    public final SmallCommunity community = new SmallCommunity();
    private final ScriptedMeter a = new ScriptedMeter(community.genesis, community.meterA);
    private final ScriptedMeter b = new ScriptedMeter(community.genesis, community.meterB);
    private final List<Block> blocks = new ArrayList<>();
    private final List<ChainState> chains = new ArrayList<>();
    private ChainLink plantLink = ChainLink.first();

    /// A chain of this many blocks.
    public WrittenChain(int height) {
        chains.add(ChainState.of(community.genesis));
        for (int i = 0; i < height; i++) {
            extend();
        }
    }

    /// Adds a block with pulses.
    public void extend() {
        append(community.block(chains.getLast(), busyStep()));
    }

    /// Adds an empty block: a chain that is certified as well, and another one.
    public void extendEmpty() {
        append(community.block(chains.getLast(), List.of()));
    }

    private void append(Block block) {
        Outcome<ChainState> outcome = new BlockRules(genesis()).append(chains.getLast(), block);
        if (!(outcome instanceof Outcome.Accepted<ChainState>(ChainState next))) {
            throw new AssertionError(outcome);
        }
        blocks.add(block);
        chains.add(next);
    }

    private List<SignedTransaction> busyStep() {
        ChainState chain = chains.getLast();
        Height height = chain.tip().height().next();
        Instant start = genesis().schedule().start(height.closedStep());
        List<SignedTransaction> transactions = new ArrayList<>();
        transactions.addAll(a.pulses(3, start.plusSeconds(1), 60_000));
        transactions.add(a.transfer());
        transactions.addAll(b.pulses(2, start.plusSeconds(2), 90_000));
        transactions.add(b.transfer());
        Transition transition = new Transition(genesis(), chain.accounts(), height.closedStep());
        transactions.forEach(transition::applyToMeter);
        SignedTransaction allocation =
                SignedTransaction.sign(
                        transition.dueAllocations().getFirst().at(plantLink),
                        community.plant,
                        community());
        plantLink = allocation.next();
        transactions.add(allocation);
        return transactions;
    }

    /// What meter A would hand over next, in the step after the last block.
    public List<SignedTransaction> nextPulses(int number) {
        Instant start = genesis().schedule().start(head().next().closedStep());
        return a.pulses(number, start.plusSeconds(1), 1_000);
    }

    /// The place of the next transaction of a meter that could stand in a block.
    public Optional<ChainLink> next(KeyId meter) {
        return genesis().meters().stream()
                .filter(known -> known.key().id().equals(meter))
                .map(known -> chains.getLast().accounts().meters().get(known.account()))
                .map(MeterAccount::next)
                .findFirst();
    }

    public Genesis genesis() {
        return community.genesis;
    }

    public Community community() {
        return community.genesis.community();
    }

    public Height head() {
        return new Height(blocks.size());
    }

    /// Half a minute after the end of the step that this block closes.
    public Instant justAfter(long height) {
        return genesis().schedule().time(new Height(height)).plusSeconds(30);
    }

    public Block block(long height) {
        return blocks.get(Math.toIntExact(height - 1));
    }

    public SignedHeader header(long height) {
        return new SignedHeader(block(height).header(), block(height).certificate());
    }

    public List<SignedHeader> headers() {
        return blocks.stream()
                .map(block -> new SignedHeader(block.header(), block.certificate()))
                .toList();
    }

    public AccountProof account(AccountId id, long height) {
        var accounts = chains.get(Math.toIntExact(height)).accounts();
        int index = accounts.indexOf(id).orElseThrow();
        MerkleTree tree = accounts.tree();
        return new AccountProof(
                new Height(height),
                accounts.leaves().get(index),
                new InclusionProof(index, tree.size(), tree.inclusion(index).path()));
    }

    /// The proof that an older header belongs to the history of a newer one.
    public HeaderProof headerProof(long older, long newer) {
        List<Hash> leaves = new ArrayList<>();
        leaves.add(ChainTip.leaf(community().genesis()));
        for (long height = 1; height < newer; height++) {
            leaves.add(ChainTip.leaf(block(height).header().hash(community().shortId())));
        }
        return new HeaderProof(
                new Height(older), MerkleTree.ofLeaves(leaves).inclusion(older).path());
    }

    /// The proof for the n-th transaction of a block, counted from 0.
    public TransactionProof transaction(long height, int place) {
        return new TransactionProof(
                new Height(height),
                block(height).body().transactions().get(place),
                block(height).body().tree().inclusion(place + 2));
    }
}
