package energy.cryptometer.lightclient.verify;

import energy.cryptometer.ledger.block.Certificate;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.block.WrongCommunityException;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.Frontier;
import energy.cryptometer.ledger.proof.HeaderProof;
import energy.cryptometer.ledger.proof.ProofCheck;
import energy.cryptometer.ledger.rule.ChainTip;
import energy.cryptometer.ledger.rule.HeaderRules;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.rule.Refusal;
import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.unit.Height;
import java.time.Instant;
import java.util.Optional;

/// Judges headers against an anchor. A header is accepted only if it is of this community, directly
/// follows the anchor, keeps every rule between two headers (hashes, tree of headers, node set,
/// proposer, both random proofs and the beacon), and more than two thirds of the trusted node set
/// signed it. Cheap checks come first; elliptic curves last.
public final class HeaderVerifier {
    private final Genesis genesis;
    private final Community community;
    private final Policy policy;
    private final HeaderRules rules;

    public HeaderVerifier(Genesis genesis, Policy policy) {
        this.genesis = genesis;
        this.community = genesis.community();
        this.policy = policy;
        this.rules = new HeaderRules(community, genesis.nodes());
    }

    /// Judges the bytes of a header with its certificate.
    public Verdict judge(Anchor anchor, byte[] signedHeader, Instant now) {
        if (signedHeader.length > SignedHeader.MAX_BYTES) {
            return new Verdict.Malformed(
                    "signed header has %d bytes, limit %d"
                            .formatted(signedHeader.length, SignedHeader.MAX_BYTES));
        }
        try {
            return judge(anchor, SignedHeader.decode(signedHeader, community), now);
        } catch (WrongCommunityException wrong) {
            return new Verdict.WrongChain(wrong.found(), wrong.expected());
        } catch (MalformedException malformed) {
            return new Verdict.Malformed(String.valueOf(malformed.getMessage()));
        }
    }

    /// Judges a header with its certificate.
    public Verdict judge(Anchor anchor, SignedHeader offered, Instant now) {
        Optional<Verdict> expired = expired(anchor, now);
        if (expired.isPresent()) {
            return expired.get();
        }
        Height height = offered.header().height();
        Height expected = anchor.height().next();
        if (height.equals(anchor.height()) && anchor.header().isPresent()) {
            return compare(anchor.header().get(), offered);
        }
        if (!height.equals(expected)) {
            return new Verdict.NotNext(height, expected);
        }
        Instant time = genesis.schedule().time(height);
        if (time.isAfter(now.plus(policy.drift()))) {
            return new Verdict.FromTheFuture(time, now);
        }
        return switch (rules.append(anchor.tip(), offered)) {
            case Outcome.Accepted<ChainTip>(ChainTip tip) ->
                    new Verdict.Accepted(new Anchor(tip, anchor.tip().headers()));
            case Outcome.Refused<ChainTip>(Refusal refusal) -> refused(anchor, offered, refusal);
        };
    }

    /// A certified header that names another history than ours is proof that the quorum signed two.
    private Verdict refused(Anchor anchor, SignedHeader offered, Refusal refusal) {
        boolean anotherHistory =
                refusal.reason() == Reason.WRONG_PREVIOUS
                        || refusal.reason() == Reason.WRONG_HEADERS_ROOT;
        return anotherHistory && anchor.header().isPresent() && certified(offered).isEmpty()
                ? new Verdict.Frozen(new Evidence(anchor.header().get(), offered))
                : new Verdict.Forged(offered.header().height(), refusal);
    }

    /// Compares what a witness says with the header of the same height that we trust.
    ///
    /// @return known, forged, or frozen if both are certified
    public Verdict compare(SignedHeader trusted, SignedHeader offered) {
        Height height = trusted.header().height();
        if (!height.equals(offered.header().height())) {
            throw new IllegalArgumentException(
                    "%s compared with %s".formatted(offered.header().height(), height));
        }
        if (hash(trusted.header()).equals(hash(offered.header()))) {
            return new Verdict.AlreadyKnown(height);
        }
        return certified(offered)
                .<Verdict>map(refusal -> new Verdict.Forged(height, refusal))
                .orElseGet(() -> new Verdict.Frozen(new Evidence(trusted, offered)));
    }

    /// Makes an anchor again from what was stored. Nothing of it is believed: the certificate is
    /// verified, and the tree of earlier headers must have the signed root.
    public Verdict resume(SignedHeader last, Frontier earlier) {
        Header header = last.header();
        Hash root = earlier.root();
        if (earlier.size() != header.height().value() || !root.equals(header.headersRoot())) {
            return new Verdict.Forged(
                    header.height(),
                    Refusal.of(
                            Reason.WRONG_HEADERS_ROOT,
                            "tree of %d headers has root %s, the header signs %d and %s",
                            earlier.size(),
                            root,
                            header.height().value(),
                            header.headersRoot()));
        }
        Optional<Refusal> refusal = certified(last);
        if (refusal.isPresent()) {
            return new Verdict.Forged(header.height(), refusal.get());
        }
        Hash hash = hash(header);
        ChainTip tip =
                new ChainTip(
                        Optional.of(last),
                        hash,
                        earlier.append(ChainTip.leaf(hash)),
                        header.election().beacon());
        return new Verdict.Accepted(new Anchor(tip, earlier));
    }

    /// Whether the trusted end of the chain is as new as the clock asks for, and still trusted.
    public Verdict judgeHead(Anchor anchor, Instant now) {
        Height due = genesis.schedule().heightAt(now);
        return expired(anchor, now)
                .orElseGet(() ->
                        anchor.height().value() < due.value() - policy.graceSteps()
                                ? new Verdict.Stale(anchor.height(), due)
                                : new Verdict.Accepted(anchor));
    }

    private Optional<Verdict> expired(Anchor anchor, Instant now) {
        return policy.trustingPeriod()
                .filter(_ -> anchor.header().isPresent())
                .map(period -> genesis.schedule().time(anchor.height()).plus(period))
                .filter(end -> !now.isBefore(end))
                .map(end -> new Verdict.Expired(end, now));
    }

    /// Whether an older header belongs to the history that `trusted` signs.
    public ProofCheck verifyOlder(HeaderProof proof, SignedHeader trusted, SignedHeader older) {
        return proof.check(trusted.header(), older.header(), community);
    }

    /// The refusal if fewer than a quorum of the trusted nodes signed this header.
    Optional<Refusal> certified(SignedHeader offered) {
        Certificate.Verdict verdict =
                offered.certificate().verify(offered.header(), genesis.nodes(), community);
        return verdict instanceof Certificate.Verdict.Approved
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(
                                Reason.WRONG_CERTIFICATE,
                                "certificate of %s: %s",
                                offered.header().height(),
                                verdict));
    }

    private Hash hash(Header header) {
        return header.hash(community.shortId());
    }
}
