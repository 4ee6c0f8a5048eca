package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.sync.SyncReport.Asked;
import energy.cryptometer.lightclient.verify.Anchor;
import energy.cryptometer.lightclient.verify.HeaderVerifier;
import energy.cryptometer.lightclient.verify.Policy;
import energy.cryptometer.lightclient.verify.Verdict;
import energy.cryptometer.transport.message.NodeClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Follows a chain without trusting any node: from the genesis, or from where the last run ended,
/// forward header by header. Every node is a witness of the others: each is asked for its head, and
/// two certified histories freeze the client with both as evidence.
///
/// Not safe for threads; several clients may share one store.
public final class LightClient {
    private final Genesis genesis;
    private final HeaderStore store;
    private final HeaderVerifier verifier;

    public LightClient(Genesis genesis, HeaderStore store, Policy policy) {
        this.genesis = genesis;
        this.store = store;
        this.verifier = new HeaderVerifier(genesis, policy);
    }

    /// Height of the newest trusted header; the genesis if there is none.
    public Height head() {
        return store.head().map(head -> head.header().header().height()).orElse(Height.GENESIS);
    }

    /// The trusted header of this height, if it is known and still kept.
    public Optional<SignedHeader> header(Height height) {
        return store.header(height);
    }

    /// Where we stand, without asking anybody.
    ///
    /// @throws UntrustedStoreException if the store holds what does not verify
    public Verdict status(Instant now) {
        return store.evidence()
                .<Verdict>map(Verdict.Frozen::new)
                .orElseGet(() -> verifier.judgeHead(anchor(), now));
    }

    /// Asks every node, in order, and moves the trusted head as far as they can prove it. A node
    /// that is absent, lies or sends malformed answers is left for the next one.
    ///
    /// @throws UntrustedStoreException if the store holds what does not verify
    public SyncReport sync(List<NodeClient> nodes, Instant now) {
        return sync(nodes, now, _ -> {});
    }

    /// The same, telling after each page how far it has come.
    ///
    /// @throws UntrustedStoreException if the store holds what does not verify
    public SyncReport sync(List<NodeClient> nodes, Instant now, Consumer<Height> progress) {
        Height from = head();
        List<Asked> asked = new ArrayList<>();
        for (NodeClient node : nodes) {
            if (store.evidence().isPresent()) {
                break;
            }
            NodeSync sync = new NodeSync(store, verifier, node, now, progress);
            asked.add(new Asked(node.address(), sync.from(anchor())));
        }
        return new SyncReport(verdict(asked, now), from, head(), asked);
    }

    private Verdict verdict(List<Asked> asked, Instant now) {
        Verdict own = status(now);
        boolean confirmed =
                asked.stream().anyMatch(one -> one.outcome() instanceof NodeOutcome.Agreed);
        if (own instanceof Verdict.Frozen || own instanceof Verdict.Expired || confirmed) {
            return own;
        }
        return asked.stream()
                .map(Asked::outcome)
                .filter(NodeOutcome.Rejected.class::isInstance)
                .map(outcome -> ((NodeOutcome.Rejected) outcome).verdict())
                .findFirst()
                .orElse(own);
    }

    /// The stored end of the chain, verified again.
    private Anchor anchor() {
        Optional<TrustedHead> head = store.head();
        if (head.isEmpty()) {
            return Anchor.of(genesis);
        }
        Verdict verdict = verifier.resume(head.get().header(), head.get().earlier());
        if (verdict instanceof Verdict.Accepted(Anchor anchor)) {
            return anchor;
        }
        throw new UntrustedStoreException(verdict);
    }
}
