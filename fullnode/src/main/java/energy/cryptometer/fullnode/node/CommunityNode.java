package energy.cryptometer.fullnode.node;

import energy.cryptometer.fullnode.chain.ChainStore;
import energy.cryptometer.fullnode.chain.PendingRows;
import energy.cryptometer.fullnode.chain.VoteRows;
import energy.cryptometer.fullnode.log.NodeLog;
import energy.cryptometer.fullnode.mempool.Mempool;
import energy.cryptometer.fullnode.voting.MarketStepDriver;
import energy.cryptometer.fullnode.voting.NodeSigners;
import energy.cryptometer.fullnode.voting.VotingRound;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.store.Database;
import energy.cryptometer.timing.TimeSource;
import energy.cryptometer.timing.Turn;
import java.time.Duration;
import java.util.function.Consumer;

/// A community node that decides alone: chain, mempool and the driver of market steps over a store
/// that it is given. It makes no thread, socket or file, and asks nobody but its [TimeSource] for
/// the time, so whoever owns it takes its turns:
///
/// ```
///   submit to mempool() ─┐
///                        ├─ take() ── block of a step that is due ── chain() proves what is in it
///   time passes ─────────┘
/// ```
///
/// The mempool takes and the chain answers on any thread; turns are taken by one thread at a time.
public final class CommunityNode implements Turn {
    private final ChainStore chain;
    private final Mempool mempool;
    private final MarketStepDriver driver;

    /// What a node lives in.
    ///
    /// @param database its store; not closed by the node
    /// @param time its clocks
    /// @param log takes one line for each event
    /// @param approved is told of each new block, within the turn that made it
    public record Surroundings(
            Database database, TimeSource time, NodeLog log, Consumer<Height> approved) {}

    /// Reads the chain of the store, verifies its end, and takes up what waited.
    ///
    /// @throws energy.cryptometer.fullnode.chain.ChainException if the store holds something else
    public CommunityNode(
            Genesis genesis, NodeSigners keys, NodeLimits limits, Surroundings around) {
        Database database = around.database();
        chain = ChainStore.open(genesis, database);
        mempool =
                new Mempool(
                        chain,
                        new PendingRows(database),
                        limits.mempool(),
                        around.time(),
                        around.log());
        VotingRound round =
                new VotingRound(
                        chain,
                        mempool,
                        new VoteRows(database, genesis.community()),
                        keys,
                        limits.block());
        driver = new MarketStepDriver(round, chain, around.time(), around.log(), around.approved());
    }

    /// Makes the block that is due, if one is; of several the oldest.
    ///
    /// @return how long nothing is due, at most a quarter of a second, because a date may be set
    @Override
    public Duration take() {
        return driver.take();
    }

    public ChainStore chain() {
        return chain;
    }

    public Mempool mempool() {
        return mempool;
    }
}
