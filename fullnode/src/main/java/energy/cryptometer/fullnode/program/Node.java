package energy.cryptometer.fullnode.program;

import energy.cryptometer.fullnode.chain.ChainStore;
import energy.cryptometer.fullnode.chain.NodeFile;
import energy.cryptometer.fullnode.chain.PendingRows;
import energy.cryptometer.fullnode.chain.VoteRows;
import energy.cryptometer.fullnode.log.NodeLog;
import energy.cryptometer.fullnode.mempool.Mempool;
import energy.cryptometer.fullnode.resource.NodeResources;
import energy.cryptometer.fullnode.voting.MarketStepDriver;
import energy.cryptometer.fullnode.voting.VotingRound;
import energy.cryptometer.store.Database;
import energy.cryptometer.transport.CoapServer;
import energy.cryptometer.transport.TransportSecurity;
import energy.cryptometer.transport.message.Resources;
import java.net.InetSocketAddress;
import java.time.InstantSource;

/// A community node that decides alone: its parts, wired.
final class Node implements AutoCloseable {
    private final Database database;
    private final CoapServer server;
    private final ChainStore chain;
    private final Mempool mempool;
    private final VotingRound producer;
    private final MarketStepDriver driver;

    /// Opens the store, verifies the chain in it, takes the port; answers nobody yet.
    ///
    /// @throws energy.cryptometer.store.StoreException if the store cannot be had
    /// @throws energy.cryptometer.fullnode.chain.ChainException if it holds something else
    /// @throws energy.cryptometer.transport.TransportException if the port cannot be had
    @SuppressWarnings("resource") // both live in the node
    static Node open(NodeSetup setup, InstantSource clock, NodeLog log) {
        Database database = NodeFile.open(setup.store(), setup.genesis(), setup.signedGenesis());
        try {
            CoapServer server =
                    CoapServer.bind(
                            setup.listen(), TransportSecurity.plain(), NodeResources.limits());
            try {
                return new Node(setup, new Opened(database, server), clock, log);
            } catch (RuntimeException failure) {
                server.close();
                throw failure;
            }
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    private record Opened(Database database, CoapServer server) {}

    private Node(NodeSetup setup, Opened opened, InstantSource clock, NodeLog log) {
        database = opened.database();
        server = opened.server();
        chain = ChainStore.open(setup.genesis(), database);
        mempool =
                new Mempool(chain, new PendingRows(database), setup.limits().mempool(), clock, log);
        producer =
                new VotingRound(
                        chain,
                        mempool,
                        new VoteRows(database, setup.genesis().community()),
                        setup.keys(),
                        setup.limits().block());
        driver = new MarketStepDriver(producer, chain, clock, log, _ -> tellObservers());
        NodeResources.mount(
                server, new NodeResources.Sources(chain, mempool, setup.store(), clock), log);
    }

    /// Answers, and makes blocks when they are due.
    void start() {
        serve();
        driver.start();
    }

    /// Only answers: blocks are made by hand.
    void serve() {
        server.start();
    }

    /// Says that there is a new head.
    void tellObservers() {
        server.changed(Resources.HEAD);
    }

    /// Where it listens.
    InetSocketAddress address() {
        return server.address();
    }

    ChainStore chain() {
        return chain;
    }

    Mempool mempool() {
        return mempool;
    }

    VotingRound producer() {
        return producer;
    }

    /// Takes nothing new, finishes the block at hand, closes the store.
    @Override
    public void close() {
        server.close();
        driver.close();
        database.close();
    }
}
