package energy.cryptometer.fullnode.resource;

import energy.cryptometer.fullnode.chain.ChainStore;
import energy.cryptometer.fullnode.log.NodeLog;
import energy.cryptometer.fullnode.mempool.Mempool;
import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.proof.AccountProof;
import energy.cryptometer.ledger.proof.TransactionProof;
import energy.cryptometer.store.StoreException;
import energy.cryptometer.transport.CoapHandler;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.CoapRequest;
import energy.cryptometer.transport.CoapResponse;
import energy.cryptometer.transport.CoapServer;
import energy.cryptometer.transport.ContentFormats;
import energy.cryptometer.transport.ResourceAttributes;
import energy.cryptometer.transport.message.Resources;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// Hangs the node's resources into a server.
public final class NodeResources {
    /// A whole block with its header and certificate.
    private static final int MAX_BLOCK_BYTES = Body.MAX_BYTES + 64 * 1024;

    private static final long RETRY_SECONDS = 10;

    private final CoapServer server;
    private final NodeLog log;
    private final AtomicReference<String> complaint = new AtomicReference<>("");

    private NodeResources(CoapServer server, NodeLog log) {
        this.server = server;
        this.log = log;
    }

    /// The bounds a node's server runs with.
    public static CoapLimits limits() {
        return CoapLimits.USUAL.withBodies(Resources.MAX_SUBMISSION_BYTES, MAX_BLOCK_BYTES);
    }

    /// What the answers are made of.
    ///
    /// @param store the file, for the free space beside it
    public record Sources(ChainStore chain, Mempool mempool, Path store, InstantSource clock) {}

    /// Adds all resources; start the server afterwards.
    public static void mount(CoapServer server, Sources sources, NodeLog log) {
        NodeResources resources = new NodeResources(server, log);
        ChainStore chain = sources.chain();
        long propose = chain.genesis().schedule().propose().toSeconds();
        SubmitResource submit =
                new SubmitResource(
                        sources.mempool(), chain.genesis().community(), Math.max(1, propose));
        resources.post(submit::handle);
        ChainResources answers = new ChainResources(chain, sources.mempool());
        resources.get(
                Resources.HEAD,
                about("newest approved header", "head", SignedHeader.MAX_BYTES).canBeObserved(),
                answers::head);
        resources.get(
                Resources.HEADERS,
                about("approved headers, ?from=H&count=N", "headers", 64 * 1024),
                answers::headers);
        resources.get(
                Resources.BLOCK,
                about("a whole block, ?height=H", "block", MAX_BLOCK_BYTES),
                answers::block);
        resources.get(
                Resources.CHAIN,
                about("where a sender's chain stands, ?signer=KEYID", "chain", 128),
                answers::chain);
        resources.proofs(answers);
        resources.get(
                Resources.GENESIS,
                about("the signed genesis", "genesis", GenesisCodec.MAX_BYTES)
                        .format(ContentFormats.COSE_SIGN1),
                answers::genesis);
        resources.get(
                Resources.HEALTH,
                about("how the node is", "health", 1024).format(ContentFormats.JSON),
                new HealthResource(chain, sources.mempool(), sources.store(), sources.clock())
                        ::handle);
    }

    private void proofs(ChainResources answers) {
        get(
                Resources.TRANSACTION_PROOF,
                about("a transaction in its block, ?id=HASH", "proof", TransactionProof.MAX_BYTES),
                answers::transactionProof);
        get(
                Resources.CHAIN_PROOFS,
                about("a sender's piece of a block, ?signer=KEYID&height=H", "proof", 64 * 1024),
                answers::chainProofs);
        get(
                Resources.HEADER_PROOF,
                about("an older header in a newer one's history, ?height=H&head=H", "proof", 2048),
                answers::headerProof);
        get(
                Resources.ACCOUNT,
                about(
                        "an account after a block, ?account=HASH&height=H",
                        "proof",
                        AccountProof.MAX_BYTES),
                answers::account);
    }

    private static ResourceAttributes about(String title, String type, int maxBytes) {
        return ResourceAttributes.titled(title)
                .type("cryptometer." + type)
                .format(ContentFormats.CBOR)
                .atMost(maxBytes);
    }

    /// One resource's way to answer.
    @FunctionalInterface
    private interface Answering {
        CoapResponse answer(CoapRequest request) throws MalformedException;
    }

    private void get(String path, ResourceAttributes attributes, Answering answering) {
        int format = attributes.contentFormat().orElseThrow();
        server.resource(
                path,
                attributes,
                CoapHandler.forGet(request ->
                        request.accept().orElse(format) == format
                                ? guarded(request, answering)
                                : CoapResponse.notAcceptable()));
    }

    private void post(Answering answering) {
        server.resource(
                Resources.SUBMIT,
                about("batches of transactions", "tx", Resources.MAX_SUBMISSION_BYTES),
                CoapHandler.forPost(ContentFormats.CBOR, request -> guarded(request, answering)));
    }

    /// Malformed is 4.00 with the reason; a failing disk is 5.03, and told once.
    private CoapResponse guarded(CoapRequest request, Answering answering) {
        try {
            return answering.answer(request);
        } catch (MalformedException malformed) {
            return CoapResponse.badRequest(String.valueOf(malformed.getMessage()));
        } catch (StoreException failure) {
            String why = String.valueOf(failure.getMessage());
            if (!why.equals(complaint.getAndSet(why))) {
                log.line("unavailable path=%s: %s".formatted(request.path(), why));
            }
            return CoapResponse.unavailable(RETRY_SECONDS);
        }
    }
}
