package energy.cryptometer.lightclient;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.CoapRequest;
import energy.cryptometer.transport.CoapResponse;
import energy.cryptometer.transport.CoapServer;
import energy.cryptometer.transport.ContentFormats;
import energy.cryptometer.transport.NodeAddress;
import energy.cryptometer.transport.ResourceAttributes;
import energy.cryptometer.transport.TransportSecurity;
import energy.cryptometer.transport.message.HeaderPage;
import energy.cryptometer.transport.message.Resources;
import energy.cryptometer.transport.message.WrittenChain;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// A written chain behind a real CoAP server on loopback. A liar changes each answer before it is
/// sent.
public final class ServedChain implements AutoCloseable {
    private final WrittenChain chain;
    private final CoapServer server;

    private ServedChain(WrittenChain chain, CoapServer server) {
        this.chain = chain;
        this.server = server;
    }

    public static ServedChain honest(WrittenChain chain) {
        return lying(chain, answer -> answer);
    }

    /// Serves what becomes of each true answer.
    public static ServedChain lying(WrittenChain chain, UnaryOperator<byte[]> lie) {
        CoapServer server =
                CoapServer.bind(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        TransportSecurity.plain(),
                        CoapLimits.USUAL);
        ServedChain served = new ServedChain(chain, server);
        Map<String, Answerer> answers =
                Map.of(
                        Resources.HEAD, _ -> served.headers(chain.head().value(), 1).getFirst(),
                        Resources.HEADERS, served::page,
                        Resources.HEADER_PROOF, served::headerProof,
                        Resources.ACCOUNT, served::account,
                        Resources.TRANSACTION_PROOF, served::proof);
        answers.forEach((path, answerer) ->
                server.resource(
                        path,
                        ResourceAttributes.titled(path),
                        request ->
                                CoapResponse.content(
                                        ContentFormats.CBOR, lie.apply(answerer.answer(request)))));
        server.start();
        return served;
    }

    @FunctionalInterface
    private interface Answerer {
        byte[] answer(CoapRequest request);
    }

    public NodeAddress address() {
        return new NodeAddress("127.0.0.1", server.address().getPort());
    }

    private static String query(CoapRequest request, String name) {
        return Objects.requireNonNull(request.query().get(name), name);
    }

    private List<byte[]> headers(long from, int count) {
        return slice(from, count).stream().map(header -> header.encode(chain.community())).toList();
    }

    private List<SignedHeader> slice(long from, int count) {
        List<SignedHeader> all = chain.headers();
        int first = (int) Math.min(all.size(), from - 1);
        return all.subList(first, Math.min(all.size(), first + count));
    }

    private byte[] page(CoapRequest request) {
        long from = Long.parseLong(query(request, "from"));
        int count = Integer.parseInt(query(request, "count"));
        return new HeaderPage(slice(from, count)).encode(chain.community());
    }

    private byte[] headerProof(CoapRequest request) {
        long older = Long.parseLong(query(request, "height"));
        return chain.headerProof(older, Long.parseLong(query(request, "head"))).encode();
    }

    private byte[] account(CoapRequest request) {
        AccountId id = AccountId.ofHex(query(request, "account"));
        return chain.account(id, Long.parseLong(query(request, "height"))).encode();
    }

    private byte[] proof(CoapRequest request) {
        Hash id = Hash.ofHex(query(request, "id"));
        for (long height = 1; height <= chain.head().value(); height++) {
            List<SignedTransaction> transactions = chain.block(height).body().transactions();
            for (int place = 0; place < transactions.size(); place++) {
                if (transactions.get(place).id().equals(id)) {
                    return chain.transaction(height, place).encode();
                }
            }
        }
        return new byte[0];
    }

    @Override
    public void close() {
        server.close();
    }
}
