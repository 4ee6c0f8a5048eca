package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.block.Certificate;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.unit.Height;
import java.util.Optional;

/// What must hold between a header and the chain before it, its body aside. The node set does not
/// change under rules of version 1, since registrations are not accepted yet.
public final class HeaderRules {
    private final Community community;
    private final NodeSet nodes;
    private final Lottery lottery;

    public HeaderRules(Community community, NodeSet nodes) {
        this.community = community;
        this.nodes = nodes;
        this.lottery = new Lottery(community);
    }

    /// Checks a proposal: everything but the certificate.
    public Optional<Refusal> check(ChainTip tip, Header header) {
        Optional<Refusal> linked = checkLinks(tip, header);
        if (linked.isPresent()) {
            return linked;
        }
        Hash root = nodes.root();
        if (!header.nodes().root().equals(root)
                || !header.nodes().nextRoot().equals(root)
                || !header.nodes().lastChange().equals(Height.GENESIS)) {
            return Optional.of(
                    Refusal.of(
                            Reason.WRONG_NODES,
                            "node set is %s then %s, expected %s unchanged",
                            header.nodes().root(),
                            header.nodes().nextRoot(),
                            root));
        }
        return lottery.check(header, tip.beacon(), nodes);
    }

    private Optional<Refusal> checkLinks(ChainTip tip, Header header) {
        Height expected = tip.height().next();
        if (!header.height().equals(expected)) {
            return Optional.of(
                    Refusal.of(
                            Reason.WRONG_HEIGHT,
                            "header has %s, expected %s",
                            header.height(),
                            expected));
        }
        if (!header.previous().equals(tip.hash())) {
            return Optional.of(
                    Refusal.of(
                            Reason.WRONG_PREVIOUS,
                            "header follows %s, the chain ends at %s",
                            header.previous(),
                            tip.hash()));
        }
        Hash headersRoot = tip.headers().root();
        if (!header.headersRoot().equals(headersRoot)) {
            return Optional.of(
                    Refusal.of(
                            Reason.WRONG_HEADERS_ROOT,
                            "headers root is %s, expected %s",
                            header.headersRoot(),
                            headersRoot));
        }
        return Optional.empty();
    }

    /// Checks an approved header and moves the tip.
    public Outcome<ChainTip> append(ChainTip tip, SignedHeader next) {
        Optional<Refusal> refusal = check(tip, next.header());
        if (refusal.isPresent()) {
            return new Outcome.Refused<>(refusal.get());
        }
        Certificate.Verdict verdict = next.certificate().verify(next.header(), nodes, community);
        if (!(verdict instanceof Certificate.Verdict.Approved)) {
            return Outcome.refused(
                    Reason.WRONG_CERTIFICATE,
                    "certificate of %s: %s",
                    next.header().height(),
                    verdict);
        }
        return new Outcome.Accepted<>(tip.append(next, community));
    }
}
