package energy.cryptometer.fullnode.resource;

import energy.cryptometer.fullnode.chain.BlockTree;
import energy.cryptometer.fullnode.chain.ChainStore;
import energy.cryptometer.fullnode.chain.StateTree;
import energy.cryptometer.fullnode.chain.StoredHeader;
import energy.cryptometer.fullnode.mempool.Mempool;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.state.MeterAccount;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.CoapCode;
import energy.cryptometer.transport.CoapRequest;
import energy.cryptometer.transport.CoapResponse;
import energy.cryptometer.transport.ContentFormats;
import energy.cryptometer.transport.message.ChainPosition;
import energy.cryptometer.transport.message.ChainProofs;
import energy.cryptometer.transport.message.Resources;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Answers about the approved chain. Every answer can be proven by its reader; nothing is asked to
/// be believed.
final class ChainResources {
    /// A page of headers ends before it is larger than this, in bytes.
    private static final int MAX_PAGE_BYTES = 60_000;

    private final ChainStore chain;
    private final Mempool mempool;

    ChainResources(ChainStore chain, Mempool mempool) {
        this.chain = chain;
        this.mempool = mempool;
    }

    CoapResponse head(CoapRequest request) throws MalformedException {
        Query _ = Query.of(request.query());
        Optional<SignedHeader> last = chain.chain().tip().last();
        return last.isEmpty()
                ? missing("no block is approved yet")
                : cbor(last.get().encode(chain.genesis().community())).withMaxAge(1);
    }

    CoapResponse headers(CoapRequest request) throws MalformedException {
        Query query = Query.of(request.query(), "from", "count");
        Height from = query.height("from");
        int count = (int) query.number("count", 1, Resources.MAX_HEADERS);
        List<byte[]> page = new ArrayList<>();
        int bytes = 0;
        for (StoredHeader header : chain.rows().headers(from, count)) {
            byte[] wire = header.wire();
            if (!page.isEmpty() && bytes + wire.length > MAX_PAGE_BYTES) {
                break;
            }
            page.add(wire);
            bytes += wire.length;
        }
        CborWriter writer = new CborWriter().array(page.size());
        page.forEach(writer::encoded);
        return cbor(writer.toByteArray());
    }

    CoapResponse block(CoapRequest request) throws MalformedException {
        Query query = Query.of(request.query(), "height");
        Height height = query.height("height");
        Optional<StoredHeader> header = chain.rows().header(height);
        Optional<byte[]> body = header.flatMap(_ -> chain.rows().body(height));
        return body.isEmpty()
                ? notApproved(height)
                : cbor(header.orElseThrow().wireWith(body.get()));
    }

    CoapResponse chain(CoapRequest request) throws MalformedException {
        KeyId signer = Query.of(request.query(), "signer").keyId("signer");
        Optional<ChainLink> accepted = mempool.next(signer);
        Optional<ChainLink> approved =
                chain.genesis().meters().stream()
                        .filter(meter -> meter.key().id().equals(signer))
                        .map(meter -> chain.chain().accounts().meters().get(meter.account()))
                        .map(MeterAccount::next)
                        .findFirst();
        return accepted.isEmpty() || approved.isEmpty()
                ? missing("%s is no meter of this community".formatted(signer))
                : cbor(new ChainPosition(accepted.get(), approved.get()).encode()).withMaxAge(1);
    }

    CoapResponse transactionProof(CoapRequest request) throws MalformedException {
        var id = Query.of(request.query(), "id").hash("id");
        return chain.place(id)
                .flatMap(place ->
                        chain.block(place.height())
                                .map(block -> block.transactionProof(place.leaf())))
                .map(proof -> cbor(proof.encode()))
                .orElseGet(() -> missing("no approved transaction has the id " + id));
    }

    CoapResponse chainProofs(CoapRequest request) throws MalformedException {
        Query query = Query.of(request.query(), "signer", "height");
        KeyId signer = query.keyId("signer");
        Height height = query.height("height");
        Optional<BlockTree> block = chain.block(height);
        return block.isEmpty()
                ? notApproved(height)
                : cbor(new ChainProofs(block.get().chainProofs(signer)).encode());
    }

    CoapResponse headerProof(CoapRequest request) throws MalformedException {
        Query query = Query.of(request.query(), "height", "head");
        Height older = query.height("height");
        Height newer = query.height("head");
        if (older.compareTo(newer) >= 0) {
            return CoapResponse.badRequest(
                    "height %d is not below head %d".formatted(older.value(), newer.value()));
        }
        return chain.headerProof(older, newer)
                .map(proof -> cbor(proof.encode()))
                .orElseGet(() -> notApproved(newer));
    }

    CoapResponse account(CoapRequest request) throws MalformedException {
        Query query = Query.of(request.query(), "account", "height");
        AccountId account = query.account("account");
        Height height = query.has("height") ? query.height("height") : chain.head();
        Optional<StateTree> state = chain.state(height);
        if (state.isEmpty()) {
            return notApproved(height);
        }
        return state.get()
                .proof(account)
                .map(proof -> cbor(proof.encode()))
                .orElseGet(() -> missing("no account " + account));
    }

    CoapResponse genesis(CoapRequest request) throws MalformedException {
        Query _ = Query.of(request.query());
        return CoapResponse.content(ContentFormats.COSE_SIGN1, chain.rows().signedGenesis());
    }

    private CoapResponse notApproved(Height height) {
        return missing(
                "no block of height %d, approved are 1 to %d"
                        .formatted(height.value(), chain.head().value()));
    }

    private static CoapResponse cbor(byte[] payload) {
        return CoapResponse.content(ContentFormats.CBOR, payload);
    }

    /// 4.04 with a sentence; it may be there a second later.
    private static CoapResponse missing(String why) {
        return new CoapResponse(
                CoapCode.NOT_FOUND,
                OptionalInt.empty(),
                why.getBytes(StandardCharsets.UTF_8),
                OptionalLong.of(1));
    }
}
