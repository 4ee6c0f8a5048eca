package energy.cryptometer.firmware;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.proof.ChainProof;
import energy.cryptometer.ledger.rule.BlockRules;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.rule.Transition;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.ledger.unit.Height;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Blocks as an honest node approves them, with the allocations that are due, and the proofs it
/// would give.
public final class WorkbenchChain {
    private final SmallCommunity community;
    private final List<Block> blocks = new ArrayList<>();
    private ChainState chain;
    private ChainLink plant = ChainLink.first();

    public WorkbenchChain(SmallCommunity community) {
        this.community = community;
        this.chain = ChainState.of(community.genesis);
    }

    /// Approves the next block with these transactions of meters.
    public void approve(List<SignedTransaction> ofMeters) {
        Height height = chain.tip().height().next();
        Transition transition =
                new Transition(community.genesis, chain.accounts(), height.closedStep());
        List<SignedTransaction> all = new ArrayList<>(ofMeters);
        ofMeters.stream()
                .sorted(Comparator.comparingLong(one -> one.content().sequence()))
                .forEach(transition::applyToMeter);
        for (var due : transition.dueAllocations()) {
            SignedTransaction allocation =
                    SignedTransaction.sign(
                            due.at(plant), community.plant, community.genesis.community());
            plant = allocation.next();
            all.add(allocation);
        }
        Block block = community.block(chain, all);
        chain =
                switch (new BlockRules(community.genesis).append(chain, block)) {
                    case Outcome.Accepted<ChainState>(ChainState next) -> next;
                    case Outcome.Refused<ChainState> refused -> throw new AssertionError(refused);
                };
        blocks.add(block);
    }

    public Height head() {
        return new Height(blocks.size());
    }

    public Optional<SignedHeader> header(Height height) {
        return height.value() < 1 || height.compareTo(head()) > 0
                ? Optional.empty()
                : Optional.of(
                        new SignedHeader(block(height).header(), block(height).certificate()));
    }

    private Block block(Height height) {
        return blocks.get(Math.toIntExact(height.value() - 1));
    }

    /// One proof for each type of transaction that this sender has in the block.
    public List<ChainProof> proofs(KeyId signer, Height height) {
        return proofs(signer, height, block(height).body());
    }

    /// The same for a body that is in no chain.
    public static List<ChainProof> proofs(KeyId signer, Height height, Body body) {
        List<ChainProof> proofs = new ArrayList<>();
        for (TransactionType type : TransactionType.values()) {
            int[] places =
                    IntStream.range(0, body.transactions().size())
                            .filter(i -> body.transactions().get(i).signer().equals(signer))
                            .filter(i -> body.transactions().get(i).content().type() == type)
                            .toArray();
            if (places.length > 0) {
                proofs.add(proof(height, body, places[0], places[places.length - 1]));
            }
        }
        return proofs;
    }

    private static ChainProof proof(Height height, Body body, int first, int last) {
        List<SignedTransaction> all = body.transactions();
        return new ChainProof(
                height,
                all.get(first).content().type(),
                all.get(first).content().sequence(),
                all.get(last).content().sequence(),
                body.tree().range(Body.leafIndex(first), Body.leafIndex(last + 1)));
    }
}
