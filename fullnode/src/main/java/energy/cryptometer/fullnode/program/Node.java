package energy.cryptometer.fullnode.program;

import energy.cryptometer.fullnode.chain.ChainStore;
import energy.cryptometer.fullnode.chain.NodeFile;
import energy.cryptometer.fullnode.log.NodeLog;
import energy.cryptometer.fullnode.mempool.Mempool;
import energy.cryptometer.fullnode.node.CommunityNode;
import energy.cryptometer.fullnode.resource.NodeResources;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.store.Database;
import energy.cryptometer.timing.TimeSource;
import energy.cryptometer.timing.Worker;
import energy.cryptometer.transport.CoapServer;
import energy.cryptometer.transport.TransportSecurity;
import energy.cryptometer.transport.message.Resources;
import java.net.InetSocketAddress;
import java.time.Duration;

/// A community node on a machine: its store, its socket and the one thread that takes its turns.
final class Node implements AutoCloseable {
    /// How long a block that is being made may take to finish when the node is closed.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Database database;
    private final CoapServer server;
    private final CommunityNode core;
    private final Worker worker;

    /// Opens the store, verifies the chain in it, takes the port; answers nobody yet.
    ///
    /// @throws energy.cryptometer.store.StoreException if the store cannot be had
    /// @throws energy.cryptometer.fullnode.chain.ChainException if it holds something else
    /// @throws energy.cryptometer.transport.TransportException if the port cannot be had
    @SuppressWarnings("resource") // both live in the node
    static Node open(NodeSetup setup, TimeSource time, NodeLog log) {
        Database database = NodeFile.open(setup.store(), setup.genesis(), setup.signedGenesis());
        try {
            CoapServer server =
                    CoapServer.bind(
                            setup.listen(), TransportSecurity.plain(), NodeResources.limits());
            try {
                return new Node(setup, new Opened(database, server), time, log);
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

    private Node(NodeSetup setup, Opened opened, TimeSource time, NodeLog log) {
        database = opened.database();
        server = opened.server();
        core =
                new CommunityNode(
                        setup.genesis(),
                        setup.keys(),
                        setup.limits(),
                        new CommunityNode.Surroundings(database, time, log, this::tellObservers));
        worker = new Worker("market-steps", core, Worker.Closing.LETS_FINISH, PATIENCE);
        NodeResources.mount(
                server,
                new NodeResources.Sources(core.chain(), core.mempool(), setup.store(), time),
                log);
    }

    /// Answers, and makes blocks when they are due.
    void start() {
        serve();
        worker.start();
    }

    /// Only answers: blocks are made by hand.
    void serve() {
        server.start();
    }

    private void tellObservers(Height head) {
        server.changed(Resources.HEAD);
    }

    /// Its turns, for a test that takes them by itself.
    CommunityNode core() {
        return core;
    }

    /// Where it listens.
    InetSocketAddress address() {
        return server.address();
    }

    ChainStore chain() {
        return core.chain();
    }

    Mempool mempool() {
        return core.mempool();
    }

    /// Takes nothing new, finishes the block at hand, closes the store.
    @Override
    public void close() {
        server.close();
        worker.close();
        database.close();
    }
}
