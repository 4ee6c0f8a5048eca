package energy.cryptometer.transport.message;

import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.CoapHandler;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.CoapRequest;
import energy.cryptometer.transport.CoapResponse;
import energy.cryptometer.transport.CoapServer;
import energy.cryptometer.transport.ContentFormats;
import energy.cryptometer.transport.NodeAddress;
import energy.cryptometer.transport.ResourceAttributes;
import energy.cryptometer.transport.TransportSecurity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/// A node in memory behind a real CoAP server on loopback.
public final class ServedNode implements AutoCloseable {
    private final CoapServer server;

    public ServedNode(NodeClient node, Community community) {
        server =
                CoapServer.bind(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        TransportSecurity.plain(),
                        CoapLimits.USUAL);
        server.resource(
                Resources.SUBMIT,
                ResourceAttributes.titled("for tests"),
                CoapHandler.forPost(
                        ContentFormats.CBOR,
                        request ->
                                response(
                                        node.submit(batch(request, community)), Accepted::encode)));
        get(Resources.HEAD, _ -> response(node.head(), head -> head.encode(community)));
        get(
                Resources.HEADERS,
                request ->
                        response(
                                node.headers(
                                        height(request, "from"),
                                        Integer.parseInt(query(request, "count"))),
                                page -> page.encode(community)));
        get(
                Resources.BLOCK,
                request ->
                        response(
                                node.block(height(request, "height")),
                                block -> block.encode(community)));
        get(
                Resources.CHAIN,
                request -> response(node.chain(signer(request)), ChainPosition::encode));
        proofs(node);
        server.start();
    }

    private void proofs(NodeClient node) {
        get(
                Resources.TRANSACTION_PROOF,
                request ->
                        response(
                                node.transactionProof(Hash.ofHex(query(request, "id"))),
                                proof -> proof.encode()));
        get(
                Resources.CHAIN_PROOFS,
                request ->
                        response(
                                node.chainProofs(signer(request), height(request, "height")),
                                ChainProofs::encode));
        get(
                Resources.HEADER_PROOF,
                request ->
                        response(
                                node.headerProof(
                                        height(request, "height"), height(request, "head")),
                                proof -> proof.encode()));
        get(
                Resources.ACCOUNT,
                request ->
                        response(
                                node.account(
                                        AccountId.ofHex(query(request, "account")),
                                        height(request, "height")),
                                proof -> proof.encode()));
    }

    private void get(String path, CoapHandler handler) {
        server.resource(path, ResourceAttributes.titled("for tests"), CoapHandler.forGet(handler));
    }

    private static String query(CoapRequest request, String name) {
        return Objects.requireNonNull(request.query().get(name), name);
    }

    private static Height height(CoapRequest request, String name) {
        return new Height(Long.parseLong(query(request, name)));
    }

    private static KeyId signer(CoapRequest request) {
        return KeyId.of(HexFormat.of().parseHex(query(request, "signer")));
    }

    private static Batch batch(CoapRequest request, Community community) {
        try {
            return Batch.decode(request.payload(), community);
        } catch (MalformedException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static <T> CoapResponse response(Answer<T> answer, Function<T, byte[]> encoder) {
        return switch (answer) {
            case Answer.Got<T>(T value) ->
                    CoapResponse.content(ContentFormats.CBOR, encoder.apply(value));
            case Answer.Refused<T>(var code, String why, _) ->
                    new CoapResponse(
                            code,
                            OptionalInt.empty(),
                            why.getBytes(StandardCharsets.UTF_8),
                            OptionalLong.empty());
            case Answer<T> other -> throw new IllegalArgumentException("not of a node: " + other);
        };
    }

    public NodeAddress address() {
        return new NodeAddress("127.0.0.1", server.address().getPort());
    }

    @Override
    public void close() {
        server.close();
    }
}
