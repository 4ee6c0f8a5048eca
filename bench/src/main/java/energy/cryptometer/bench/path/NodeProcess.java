package energy.cryptometer.bench.path;

import energy.cryptometer.fullnode.chain.ChainStore;
import energy.cryptometer.fullnode.chain.NodeFile;
import energy.cryptometer.fullnode.chain.PendingRows;
import energy.cryptometer.fullnode.chain.VoteRows;
import energy.cryptometer.fullnode.mempool.Mempool;
import energy.cryptometer.fullnode.mempool.MempoolLimits;
import energy.cryptometer.fullnode.resource.NodeResources;
import energy.cryptometer.fullnode.voting.BlockLimits;
import energy.cryptometer.fullnode.voting.NodeSigners;
import energy.cryptometer.fullnode.voting.VotingRound;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.store.Database;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.timing.VirtualTime;
import energy.cryptometer.transport.CoapServer;
import energy.cryptometer.transport.TransportSecurity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/// The node: takes what meters hand over and closes a market step whenever it is told to.
///
/// Standard output begins with its port. Each line of standard input is the number of a market step
/// to close; the answer is the nanoseconds of the process and, out of these, those for making
/// blocks.
final class NodeProcess {
    private NodeProcess() {}

    /// Runs until standard input ends.
    ///
    /// @param arguments the folder for its store
    public static void main(String[] arguments) throws IOException, InterruptedException {
        TrialCommunity community = new TrialCommunity();
        Genesis genesis = community.genesis;
        VirtualTime clock = new VirtualTime(genesis.schedule().end(new MarketStep(0)));
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Path store = Path.of(arguments[0], "node.sqlite");
        try (Database database =
                        NodeFile.open(
                                store, genesis, GenesisCodec.sign(genesis, community.authority));
                CoapServer server =
                        CoapServer.bind(
                                anyPort, TransportSecurity.plain(), NodeResources.limits())) {
            ChainStore chain = ChainStore.open(genesis, database);
            Mempool mempool =
                    new Mempool(
                            chain, new PendingRows(database), MempoolLimits.USUAL, clock, _ -> {});
            VotingRound round =
                    new VotingRound(
                            chain,
                            mempool,
                            new VoteRows(database, genesis.community()),
                            new NodeSigners(
                                    0,
                                    community.node,
                                    community.lottery,
                                    Optional.of(community.plant)),
                            BlockLimits.USUAL);
            NodeResources.mount(
                    server, new NodeResources.Sources(chain, mempool, store, clock), _ -> {});
            server.start();
            System.out.println(server.address().getPort());
            Blocks blocks = new Blocks(round);
            Lines.answer(line -> {
                MarketStep step = new MarketStep(line[0]);
                long[] answer = blocks.close();
                clock.set(genesis.schedule().end(new MarketStep(step.index() + 1)));
                return answer;
            });
        }
    }

    /// Makes blocks and adds up what they take.
    private static final class Blocks {
        private final VotingRound round;
        private long nanos;

        Blocks(VotingRound round) {
            this.round = round;
        }

        long[] close() {
            long before = ProcessorTime.ofProcess();
            VotingRound.Closed _ = round.closeNext(SystemTime.CLOCKS);
            long after = ProcessorTime.ofProcess();
            nanos += after - before;
            return new long[] {after, nanos};
        }
    }
}
