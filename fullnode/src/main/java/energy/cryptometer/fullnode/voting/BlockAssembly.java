package energy.cryptometer.fullnode.voting;

import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.rule.PlantRules;
import energy.cryptometer.ledger.rule.Transition;
import energy.cryptometer.ledger.transaction.BatchSize;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Chooses what goes into the next block: of every meter a piece from the front of what waits, each
/// with its fair share before anybody gets more, then the allocations that follow from it.
final class BlockAssembly {
    /// One due allocation per step; more steps wait for the next block.
    private static final int MAX_ALLOCATIONS = 200;

    private final Genesis genesis;
    private final Transition transition;
    private final BlockLimits limits;
    private final List<SignedTransaction> chosen = new ArrayList<>();
    private final Map<KeyId, BatchSize> sizes = new HashMap<>();
    private long bytes;

    private BlockAssembly(ChainState chain, BlockLimits limits) {
        this.genesis = chain.genesis();
        this.limits = limits;
        this.transition =
                new Transition(genesis, chain.accounts(), chain.tip().height().next().closedStep());
    }

    /// @param waiting of each meter, what speaks of no step later than the one that closes
    /// @param plant signs the allocations; without it transfers wait
    static List<SignedTransaction> choose(
            ChainState chain,
            Map<KeyId, List<SignedTransaction>> waiting,
            Optional<Signer> plant,
            BlockLimits limits) {
        BlockAssembly content = new BlockAssembly(chain, limits);
        content.takeFairly(waiting);
        plant.ifPresent(content::allocate);
        return List.copyOf(content.chosen);
    }

    private void takeFairly(Map<KeyId, List<SignedTransaction>> waiting) {
        Map<KeyId, Integer> taken = new HashMap<>();
        int share = Math.max(1, limits.transactions() / Math.max(1, waiting.size()));
        for (int most : new int[] {share, Integer.MAX_VALUE}) {
            waiting.forEach((signer, piece) -> {
                int from = taken.getOrDefault(signer, 0);
                int to = Math.min(piece.size(), most);
                taken.put(signer, from + take(piece.subList(from, Math.max(from, to))));
            });
        }
    }

    /// Takes from the front until the block is full or a rule says that the next one must wait.
    private int take(List<SignedTransaction> piece) {
        int count = 0;
        for (SignedTransaction transaction : piece) {
            Optional<BatchSize> before = Optional.ofNullable(sizes.get(transaction.signer()));
            BatchSize size =
                    before.orElseGet(() -> BatchSize.from(transaction.content().link()))
                            .with(transaction.content());
            long more = size.bytes() - before.map(BatchSize::bytes).orElse(0L);
            if (chosen.size() == limits.transactions()
                    || bytes + more > limits.bytes()
                    || transition.applyToMeter(transaction) instanceof Outcome.Refused<?>) {
                return count;
            }
            chosen.add(transaction);
            sizes.put(transaction.signer(), size);
            bytes += more;
            count++;
        }
        return count;
    }

    private void allocate(Signer plant) {
        for (int i = 0; i < MAX_ALLOCATIONS; i++) {
            List<PlantRules.Draft> due = transition.dueAllocations();
            if (due.isEmpty()) {
                return;
            }
            SignedTransaction allocation =
                    SignedTransaction.sign(
                            due.getFirst().at(transition.plant().next()),
                            plant,
                            genesis.community());
            if (transition.applyToPlant(allocation) instanceof Outcome.Refused<?> refused) {
                throw new IllegalStateException("our own allocation: " + refused.refusal());
            }
            chosen.add(allocation);
        }
    }
}
