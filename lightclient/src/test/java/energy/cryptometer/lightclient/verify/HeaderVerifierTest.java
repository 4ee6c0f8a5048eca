package energy.cryptometer.lightclient.verify;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.block.Certificate;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.Frontier;
import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.message.WrittenChain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderVerifierTest {
    private final WrittenChain chain = new WrittenChain(4);
    private final HeaderVerifier verifier = new HeaderVerifier(chain.genesis(), Policy.USUAL);
    private final Instant now = chain.justAfter(4);

    private Anchor anchor(int height) {
        Anchor anchor = Anchor.of(chain.genesis());
        for (int i = 1; i <= height; i++) {
            anchor = accepted(verifier.judge(anchor, chain.header(i), now));
        }
        return anchor;
    }

    private static Anchor accepted(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return ((Verdict.Accepted) verdict).anchor();
    }

    @Test
    void anHonestChainIsAcceptedFromTheGenesisForward() {
        Anchor anchor = anchor(4);
        assertThat(anchor.height()).isEqualTo(new Height(4));
        assertThat(anchor.header()).contains(chain.header(4));
        assertThat(verifier.judgeHead(anchor, now)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void theBytesOfAHeaderAreJudgedLikeTheHeader() {
        byte[] encoded = chain.header(1).encode(chain.community());
        accepted(verifier.judge(Anchor.of(chain.genesis()), encoded, now));
    }

    @Test
    void aHeaderOfAnotherCommunityIsAWrongChain() {
        SmallCommunity other = new SmallCommunity(2);
        byte[] encoded = chain.header(1).encode(other.genesis.community());
        Verdict verdict = verifier.judge(Anchor.of(chain.genesis()), encoded, now);
        assertThat(verdict)
                .isEqualTo(
                        new Verdict.WrongChain(
                                other.genesis.community().toString().substring(0, 16),
                                chain.community().toString().substring(0, 16)));
    }

    @Test
    void everyBitOfAHeaderAndItsCertificateMatters() {
        Anchor anchor = anchor(1);
        byte[] good = chain.header(2).encode(chain.community());
        for (int bit = 0; bit < good.length * 8; bit += 3) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(verifier.judge(anchor, bad, now))
                    .as("bit %d", bit)
                    .isNotInstanceOfAny(
                            Verdict.Accepted.class,
                            Verdict.Frozen.class,
                            Verdict.AlreadyKnown.class);
        }
    }

    @Test
    void truncatedOversizedAndTrailingBytesAreMalformed() {
        Anchor anchor = anchor(1);
        byte[] good = chain.header(2).encode(chain.community());
        for (int length = 0; length < good.length; length++) {
            assertThat(verifier.judge(anchor, Arrays.copyOf(good, length), now))
                    .isInstanceOf(Verdict.Malformed.class);
        }
        assertThat(verifier.judge(anchor, Arrays.copyOf(good, good.length + 1), now))
                .isInstanceOf(Verdict.Malformed.class);
        assertThat(verifier.judge(anchor, new byte[SignedHeader.MAX_BYTES + 1], now))
                .isEqualTo(
                        new Verdict.Malformed(
                                "signed header has %d bytes, limit %d"
                                        .formatted(
                                                SignedHeader.MAX_BYTES + 1,
                                                SignedHeader.MAX_BYTES)));
    }

    @Test
    void aCertificateByAStrangerIsForged() {
        Header header = chain.block(2).header();
        Certificate strangers =
                Certificate.ofOne(SmallCommunity.signer("stranger"), header, chain.community());
        assertThat(verifier.judge(anchor(1), new SignedHeader(header, strangers), now))
                .isInstanceOfSatisfying(
                        Verdict.Forged.class,
                        forged ->
                                assertThat(forged.refusal().reason())
                                        .isEqualTo(Reason.WRONG_CERTIFICATE));
    }

    @Test
    void aCertificateOfAnotherHeaderIsForged() {
        SignedHeader mixed =
                new SignedHeader(chain.block(2).header(), chain.block(3).certificate());
        assertThat(verifier.judge(anchor(1), mixed, now)).isInstanceOf(Verdict.Forged.class);
    }

    @Test
    void aHeaderThatIsCertifiedButBreaksARuleIsForged() {
        for (Header header : wrongHeaders(chain.block(2).header())) {
            SignedHeader signed =
                    new SignedHeader(
                            header,
                            Certificate.ofOne(chain.community.node, header, chain.community()));
            assertThat(verifier.judge(anchor(1), signed, now))
                    .as("%s", header)
                    .isInstanceOf(Verdict.Forged.class);
        }
    }

    /// All that the two headers' bodies do not decide: node sets, election, beacon.
    private static List<Header> wrongHeaders(Header good) {
        Hash other = Hash.sha256(new byte[1]);
        Header.Nodes nodes = good.nodes();
        Header.Election election = good.election();
        List<Header> wrong = new ArrayList<>();
        for (Header.Nodes set :
                List.of(
                        new Header.Nodes(other, nodes.nextRoot(), nodes.lastChange()),
                        new Header.Nodes(nodes.root(), other, nodes.lastChange()),
                        new Header.Nodes(nodes.root(), nodes.nextRoot(), new Height(1)))) {
            wrong.add(with(good, set, election));
        }
        for (Header.Election draw :
                List.of(
                        new Header.Election(
                                other,
                                election.proposer(),
                                election.electionProof(),
                                election.seedProof(),
                                election.beacon()),
                        new Header.Election(
                                election.candidatesRoot(),
                                1,
                                election.electionProof(),
                                election.seedProof(),
                                election.beacon()),
                        new Header.Election(
                                election.candidatesRoot(),
                                election.proposer(),
                                election.seedProof(),
                                election.seedProof(),
                                election.beacon()),
                        new Header.Election(
                                election.candidatesRoot(),
                                election.proposer(),
                                election.electionProof(),
                                election.electionProof(),
                                election.beacon()),
                        new Header.Election(
                                election.candidatesRoot(),
                                election.proposer(),
                                election.electionProof(),
                                election.seedProof(),
                                other))) {
            wrong.add(with(good, nodes, draw));
        }
        return wrong;
    }

    private static Header with(Header good, Header.Nodes nodes, Header.Election election) {
        return new Header(
                good.height(),
                good.round(),
                good.previous(),
                good.headersRoot(),
                good.content(),
                good.state(),
                nodes,
                election);
    }

    @Test
    void aHeaderFromTheFutureWaits() {
        Anchor anchor = anchor(3);
        Instant early = chain.genesis().schedule().time(new Height(4)).minusSeconds(11);
        assertThat(verifier.judge(anchor, chain.header(4), early))
                .isEqualTo(
                        new Verdict.FromTheFuture(
                                chain.genesis().schedule().time(new Height(4)), early));
        accepted(verifier.judge(anchor, chain.header(4), early.plusSeconds(1)));
    }

    @Test
    void aSkippedHeightAndAReplayedHeaderAreNotNext() {
        Anchor anchor = anchor(2);
        assertThat(verifier.judge(anchor, chain.header(4), now))
                .isEqualTo(new Verdict.NotNext(new Height(4), new Height(3)));
        assertThat(verifier.judge(anchor, chain.header(1), now))
                .isEqualTo(new Verdict.NotNext(new Height(1), new Height(3)));
        assertThat(verifier.judge(anchor, chain.header(2), now))
                .isEqualTo(new Verdict.AlreadyKnown(new Height(2)));
    }

    @Test
    void aHeadThatLagsBehindTheClockIsStale() {
        Anchor anchor = anchor(4);
        assertThat(verifier.judgeHead(anchor, chain.justAfter(5)))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(verifier.judgeHead(anchor, chain.justAfter(6)))
                .isEqualTo(new Verdict.Stale(new Height(4), new Height(6)));
    }

    @Test
    void anAnchorOlderThanTheTrustingPeriodIsExpired() {
        HeaderVerifier strict =
                new HeaderVerifier(chain.genesis(), Policy.USUAL.trusting(Duration.ofDays(14)));
        Anchor anchor = anchor(3);
        Instant end = chain.genesis().schedule().time(new Height(3)).plus(Duration.ofDays(14));
        assertThat(strict.judge(anchor, chain.header(4), end))
                .isEqualTo(new Verdict.Expired(end, end));
        accepted(strict.judge(anchor, chain.header(4), end.minusNanos(1)));
        accepted(strict.judge(Anchor.of(chain.genesis()), chain.header(1), end));
    }

    @Test
    void twoCertifiedHeadersOfOneHeightFreeze() {
        SignedHeader fork = fork(2).header(2);
        assertThat(verifier.judge(anchor(2), fork, now))
                .isEqualTo(new Verdict.Frozen(new Evidence(chain.header(2), fork)));
    }

    @Test
    void aCertifiedHeaderThatFollowsAnotherHistoryFreezes() {
        WrittenChain fork = fork(2);
        fork.extend();
        assertThat(verifier.judge(anchor(2), fork.header(3), now))
                .isEqualTo(new Verdict.Frozen(new Evidence(chain.header(2), fork.header(3))));
    }

    @Test
    void aForkByAStrangerDoesNotFreeze() {
        Header header = fork(2).block(2).header();
        Certificate strangers =
                Certificate.ofOne(SmallCommunity.signer("stranger"), header, chain.community());
        assertThat(verifier.judge(anchor(2), new SignedHeader(header, strangers), now))
                .isInstanceOf(Verdict.Forged.class);
    }

    /// The same community, whose node signs another block at this height.
    private static WrittenChain fork(int height) {
        WrittenChain fork = new WrittenChain(height - 1);
        fork.extendEmpty();
        return fork;
    }

    @Test
    void aStoredAnchorIsVerifiedAgain() {
        Anchor anchor = anchor(3);
        Anchor again = accepted(verifier.resume(chain.header(3), anchor.earlier()));
        assertThat(again.hash()).isEqualTo(anchor.hash());
        accepted(verifier.judge(again, chain.header(4), now));

        assertThat(verifier.resume(chain.header(4), anchor.earlier()))
                .isInstanceOf(Verdict.Forged.class);
        assertThat(verifier.resume(chain.header(3), Frontier.EMPTY))
                .isInstanceOf(Verdict.Forged.class);
        SignedHeader mixed =
                new SignedHeader(chain.block(3).header(), chain.block(2).certificate());
        assertThat(verifier.resume(mixed, anchor.earlier())).isInstanceOf(Verdict.Forged.class);
    }
}
