package energy.cryptometer.fullnode.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.fullnode.node.NodeLimits;
import energy.cryptometer.fullnode.voting.BlockTimeline;
import energy.cryptometer.fullnode.voting.NodeSigners;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.NodeAddress;
import energy.cryptometer.transport.TransportSecurity;
import energy.cryptometer.transport.message.Accepted;
import energy.cryptometer.transport.message.Answer;
import energy.cryptometer.transport.message.CoapNodeClient;
import energy.cryptometer.transport.message.NodeClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A node of the small community on a free port of the loopback, with a clock that the test sets.
/// Blocks are made when the test says so.
final class TestNode implements AutoCloseable {
    final SmallCommunity community;
    final Genesis genesis;
    final SetClock clock = new SetClock(SmallCommunity.ORIGIN);
    final List<String> log = new ArrayList<>();
    final CoapClient coap = new CoapClient(TransportSecurity.plain(), limits(), SystemTime.CLOCKS);
    private final Path store;
    private final NodeLimits limits;
    private Node node;
    private NodeClient client;

    TestNode(SmallCommunity community, Path folder, NodeLimits limits) {
        this.community = community;
        this.genesis = community.genesis;
        this.store = folder.resolve("node.sqlite");
        this.limits = limits;
        this.node = open();
        this.client = connect();
    }

    static TestNode in(Path folder) {
        return new TestNode(new SmallCommunity(), folder, NodeLimits.USUAL);
    }

    private static CoapLimits limits() {
        return CoapLimits.USUAL.withBodies(128 * 1024, 20 << 20).withTimeout(Duration.ofMinutes(2));
    }

    private Node open() {
        NodeSetup usual = setup(community, store, anyPort());
        NodeSetup setup =
                new NodeSetup(
                        usual.genesis(),
                        usual.signedGenesis(),
                        store,
                        usual.listen(),
                        usual.keys(),
                        limits);
        return Node.open(setup, clock, log::add);
    }

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static NodeSetup setup(SmallCommunity community, Path store, InetSocketAddress listen) {
        return new NodeSetup(
                community.genesis,
                GenesisCodec.sign(community.genesis, community.authority),
                store,
                listen,
                new NodeSigners(0, community.node, community.lottery, Optional.of(community.plant)),
                NodeLimits.USUAL);
    }

    private NodeClient connect() {
        node.serve();
        return new CoapNodeClient(coap, address(), genesis.community());
    }

    NodeAddress address() {
        return new NodeAddress("127.0.0.1", node.address().getPort());
    }

    Node node() {
        return node;
    }

    NodeClient client() {
        return client;
    }

    Path store() {
        return store;
    }

    /// Ends the node and starts it again on what is on the disk.
    void restart() {
        stopNode();
        startNode();
    }

    void stopNode() {
        node.close();
    }

    void startNode() {
        node = open();
        client = connect();
    }

    /// Hands transactions over and insists on their acceptance.
    void submit(List<SignedTransaction> transactions) {
        Answer<Accepted> answer = client.submit(new Batch(transactions));
        assertThat(answer)
                .isEqualTo(
                        new Answer.Got<>(
                                new Accepted(transactions.getLast().content().sequence())));
    }

    /// Makes every block that is due at the clock's time.
    int closeDue() {
        int blocks = 0;
        while (BlockTimeline.at(clock.instant(), node.chain().head(), genesis.schedule())
                instanceof BlockTimeline.Close) {
            Height head = node.chain().head();
            Duration _ = node.core().take();
            assertThat(node.chain().head()).as("log: %s", log).isEqualTo(head.next());
            blocks++;
        }
        return blocks;
    }

    @Override
    public void close() {
        coap.close();
        node.close();
    }
}
