package energy.cryptometer.firmware;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapCode;
import energy.cryptometer.transport.CoapHandler;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.CoapRequest;
import energy.cryptometer.transport.CoapResponse;
import energy.cryptometer.transport.CoapServer;
import energy.cryptometer.transport.ContentFormats;
import energy.cryptometer.transport.NodeAddress;
import energy.cryptometer.transport.ResourceAttributes;
import energy.cryptometer.transport.TransportSecurity;
import energy.cryptometer.transport.message.Accepted;
import energy.cryptometer.transport.message.ChainPosition;
import energy.cryptometer.transport.message.CoapNodeClient;
import energy.cryptometer.transport.message.HeaderPage;
import energy.cryptometer.transport.message.NodeClient;
import energy.cryptometer.transport.message.Resources;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.LongStream;

/// A node on a real CoAP server of the loopback. It takes what continues the chain it has, as an
/// honest node does, unless the test has told it what to answer next.
public final class ScriptedNode implements AutoCloseable {
    private final Community community;
    private final CoapServer server;
    private final List<Batch> received = new CopyOnWriteArrayList<>();
    private final Queue<Function<Batch, CoapResponse>> script = new ConcurrentLinkedQueue<>();
    private volatile Function<Batch, CoapResponse> usual = this::honest;
    private volatile Optional<WorkbenchChain> chain = Optional.empty();
    private volatile long has;
    private volatile long claims = -1;
    private volatile Function<Height, CoapResponse> proofs = _ -> refusal(CoapCode.NOT_FOUND, "");

    public ScriptedNode(Community community) {
        this.community = community;
        ResourceAttributes plain = ResourceAttributes.titled("for tests");
        server =
                CoapServer.bind(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                TransportSecurity.plain(),
                                CoapLimits.USUAL)
                        .resource(
                                Resources.SUBMIT,
                                plain,
                                CoapHandler.forPost(ContentFormats.CBOR, this::submit))
                        .resource(Resources.CHAIN, plain, _ -> position())
                        .resource(Resources.HEAD, plain, _ -> head())
                        .resource(Resources.HEADERS, plain, this::headers)
                        .resource(
                                Resources.CHAIN_PROOFS,
                                plain,
                                request ->
                                        proofs.apply(
                                                new Height(
                                                        Long.parseLong(
                                                                request.query().get("height")))));
        server.start();
    }

    public NodeAddress address() {
        return new NodeAddress("127.0.0.1", server.address().getPort());
    }

    public NodeClient client(CoapClient coap) {
        return new CoapNodeClient(coap, address(), community);
    }

    /// What the next message is answered with, before those that were told later.
    public ScriptedNode next(Function<Batch, CoapResponse> answer) {
        script.add(answer);
        return this;
    }

    /// Refuses every message with more transactions, as a node with little memory.
    public void takesAtMost(int transactions) {
        usual =
                batch ->
                        batch.transactions().size() <= transactions
                                ? honest(batch)
                                : refusal(CoapCode.TOO_LARGE, "at most " + transactions);
    }

    /// Refuses the next message.
    public ScriptedNode refuses(CoapCode code, String why) {
        return next(_ -> refusal(code, why));
    }

    public static CoapResponse refusal(CoapCode code, String why) {
        return new CoapResponse(
                code,
                OptionalInt.empty(),
                why.getBytes(StandardCharsets.UTF_8),
                OptionalLong.empty());
    }

    public static CoapResponse taken(long last) {
        return CoapResponse.changed(ContentFormats.CBOR, new Accepted(last).encode());
    }

    /// From now on it has the chain up to here, whatever it had.
    public void has(long sequence) {
        has = sequence;
    }

    public long has() {
        return has;
    }

    /// Says that it has the chain up to here when it is asked.
    public void claims(long sequence) {
        claims = sequence;
    }

    /// How it answers for proofs of a block.
    public void proves(Function<Height, CoapResponse> answers) {
        proofs = answers;
    }

    /// Every message that came, in order.
    public List<Batch> received() {
        return received;
    }

    /// Serves the headers of this chain.
    public void serves(WorkbenchChain served) {
        chain = Optional.of(served);
    }

    private CoapResponse head() {
        return chain.flatMap(served -> served.header(served.head()))
                .map(head -> CoapResponse.content(ContentFormats.CBOR, head.encode(community)))
                .orElseGet(() -> refusal(CoapCode.NOT_FOUND, "no block is approved yet"));
    }

    private CoapResponse headers(CoapRequest request) {
        long from = Long.parseLong(request.query().get("from"));
        long count = Long.parseLong(request.query().get("count"));
        List<SignedHeader> page =
                LongStream.range(from, from + count)
                        .mapToObj(Height::new)
                        .flatMap(height -> chain.flatMap(served -> served.header(height)).stream())
                        .toList();
        return CoapResponse.content(ContentFormats.CBOR, new HeaderPage(page).encode(community));
    }

    private CoapResponse submit(CoapRequest request) {
        Batch batch;
        try {
            batch = Batch.decode(request.payload(), community);
        } catch (MalformedException malformed) {
            return CoapResponse.badRequest(String.valueOf(malformed.getMessage()));
        }
        received.add(batch);
        Function<Batch, CoapResponse> told = script.poll();
        return told == null ? usual.apply(batch) : told.apply(batch);
    }

    /// As an honest node: takes what continues, says it again for what it has.
    public CoapResponse honest(Batch batch) {
        long first = batch.link().sequence();
        if (first > has + 1) {
            return refusal(
                    CoapCode.PRECONDITION_FAILED,
                    "sequence %d, expected %d".formatted(first, has + 1));
        }
        has = Math.max(has, batch.lastSequence());
        return taken(batch.lastSequence());
    }

    private CoapResponse position() {
        long last = claims < 0 ? has : claims;
        ChainLink link =
                last == 0
                        ? ChainLink.first()
                        : new ChainLink(last + 1, Hash.sha256(new byte[] {1}));
        return CoapResponse.content(ContentFormats.CBOR, new ChainPosition(link, link).encode());
    }

    @Override
    public void close() {
        server.close();
    }
}
