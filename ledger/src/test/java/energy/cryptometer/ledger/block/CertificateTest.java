package energy.cryptometer.ledger.block;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.community.NodeEntry;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.cose.Sign;
import energy.cryptometer.ledger.cose.SignerSignature;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.Round;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How many of a node set must have signed a header, and what does not count.
class CertificateTest {
    private final SmallCommunity small = new SmallCommunity();
    private final Community community = small.genesis.community();
    private final Header header = small.block(ChainState.of(small.genesis), List.of()).header();

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 3", "7, 5", "10, 7", "200, 134"})
    void theQuorumIsMoreThanTwoThirds(int nodes, int quorum) {
        assertThat(set(signers(nodes)).quorum()).isEqualTo(quorum);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 3", "7, 5", "10, 7"})
    void aQuorumApprovesAndOneFewerDoesNot(int nodes, int quorum) throws Exception {
        List<Signer> signers = signers(nodes);
        NodeSet set = set(signers);
        Vote vote = Vote.precommit(header, community);
        Certificate enough = certificate(signers.subList(0, quorum), vote, community);
        assertThat(Certificate.decode(enough.encode())).isEqualTo(enough);
        assertThat(enough.verify(header, set, community))
                .isEqualTo(new Certificate.Verdict.Approved(quorum, quorum));
        assertThat(certificate(signers, vote, community).verify(header, set, community))
                .isEqualTo(new Certificate.Verdict.Approved(nodes, quorum));
        if (quorum > 1) {
            Certificate tooFew = certificate(signers.subList(1, quorum), vote, community);
            assertThat(tooFew.verify(header, set, community))
                    .isEqualTo(new Certificate.Verdict.TooFew(quorum - 1, quorum));
        }
    }

    @Test
    void oneStrangerSpoilsTheCertificate() {
        List<Signer> signers = signers(5);
        NodeSet set = set(signers.subList(0, 4));
        Certificate certificate =
                certificate(signers, Vote.precommit(header, community), community);
        assertThat(certificate.verify(header, set, community))
                .isEqualTo(
                        new Certificate.Verdict.UnknownSigner(
                                signers.get(4).publicKey().id().toString()));
    }

    @Test
    void aSignatureForAnythingElseIsABadSignature() {
        List<Signer> signers = signers(4);
        NodeSet set = set(signers);
        Vote good = Vote.precommit(header, community);
        Optional<Hash> hash = good.header();
        List<Vote> others =
                List.of(
                        new Vote(new Height(2), Round.FIRST, Vote.Type.PRECOMMIT, hash),
                        new Vote(good.height(), new Round(1), Vote.Type.PRECOMMIT, hash),
                        new Vote(good.height(), Round.FIRST, Vote.Type.PREVOTE, hash),
                        new Vote(
                                good.height(),
                                Round.FIRST,
                                Vote.Type.PRECOMMIT,
                                Optional.of(Hash.ZERO)),
                        Vote.nil(good.height(), Round.FIRST, Vote.Type.PRECOMMIT));
        for (Vote other : others) {
            assertThat(certificate(signers, other, community).verify(header, set, community))
                    .as(other.toString())
                    .isInstanceOf(Certificate.Verdict.BadSignature.class);
        }
        assertThat(
                        certificate(signers, good, new Community(Hash.ZERO))
                                .verify(header, set, community))
                .isInstanceOf(Certificate.Verdict.BadSignature.class);
    }

    @Test
    void oneBadSignatureAmongEnoughGoodOnesSpoilsTheCertificate() {
        List<Signer> signers = signers(4);
        NodeSet set = set(signers);
        byte[] payload = Vote.precommit(header, community).payload(community);
        List<SignerSignature> signatures =
                IntStream.range(0, 4)
                        .mapToObj(i ->
                                i == 2
                                        ? SignerSignature.of(
                                                signers.get(i).publicKey().id(), new byte[64])
                                        : SignerSignature.sign(
                                                signers.get(i), payload, community.voteAad()))
                        .toList();
        assertThat(new Certificate(Sign.of(signatures)).verify(header, set, community))
                .isEqualTo(
                        new Certificate.Verdict.BadSignature(
                                signers.get(2).publicKey().id().toString(),
                                new SignatureVerdict.OutOfRange()));
    }

    @Test
    void theCertificateOfTwoHundredNodesFits() throws Exception {
        Certificate certificate =
                certificate(signers(200), Vote.precommit(header, community), community);
        assertThat(certificate.encode().length).isLessThan(Certificate.MAX_BYTES);
        assertThat(Certificate.decode(certificate.encode())).isEqualTo(certificate);
    }

    private static Certificate certificate(List<Signer> signers, Vote vote, Community community) {
        byte[] payload = vote.payload(community);
        return new Certificate(
                Sign.of(
                        signers.stream()
                                .map(signer ->
                                        SignerSignature.sign(signer, payload, community.voteAad()))
                                .toList()));
    }

    /// Ascending by key id, as certificates demand.
    private static List<Signer> signers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> SmallCommunity.signer("certificate node " + i))
                .sorted(Comparator.comparing(signer -> signer.publicKey().id()))
                .toList();
    }

    private NodeSet set(List<Signer> signers) {
        return new NodeSet(
                signers.stream()
                        .map(signer -> new NodeEntry(signer.publicKey(), small.lottery.publicKey()))
                        .toList());
    }
}
