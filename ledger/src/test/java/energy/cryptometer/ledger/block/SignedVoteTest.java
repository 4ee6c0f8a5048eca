package energy.cryptometer.ledger.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Strict;
import energy.cryptometer.ledger.Structure;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.community.NodeEntry;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.cose.Authlete;
import energy.cryptometer.ledger.cose.Sign;
import energy.cryptometer.ledger.cose.SignerSignature;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.Round;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A vote as a message of its own, and the certificate that such messages become.
class SignedVoteTest {
    private static final Round THIRD = new Round(3);

    private final SmallCommunity small = new SmallCommunity();
    private final Community community = small.genesis.community();
    private final Header header = small.block(ChainState.of(small.genesis), List.of()).header();
    private final List<Signer> signers =
            IntStream.range(0, 4).mapToObj(i -> SmallCommunity.signer("voter " + i)).toList();
    private final NodeSet nodes =
            new NodeSet(
                    signers.stream()
                            .map(signer ->
                                    new NodeEntry(signer.publicKey(), small.lottery.publicKey()))
                            .toList());

    private SignedVote signed(Vote vote, int signer) {
        return SignedVote.sign(vote, signers.get(signer), community);
    }

    private final Strict.Format<SignedVote> format =
            new Strict.Format<>() {
                @Override
                public byte[] encode(SignedVote value) {
                    return value.encode(community);
                }

                @Override
                public SignedVote decode(byte[] bytes) throws MalformedException {
                    return SignedVote.decode(bytes, community);
                }
            };

    @Test
    void aVoteHasOneSpelling() throws Exception {
        Strict.all(format, signed(Vote.precommit(header, community), 0));
        Strict.all(format, signed(Vote.prevote(header, community), 1));
        Strict.all(format, signed(Vote.nil(new Height(7), THIRD, Vote.Type.PREVOTE), 2));
        Strict.all(
                format,
                signed(
                        Vote.nil(
                                new Height(Height.MAX_VALUE),
                                new Round(Round.MAX_NUMBER),
                                Vote.Type.PRECOMMIT),
                        3));
    }

    @Test
    void aVoteNamesCommunityHeightRoundTypeAndHeaderOrNil() {
        byte[] payload = Vote.precommit(header, community).payload(community);
        assertThat(Structure.upokecenter(payload))
                .isEqualTo(
                        List.of(
                                Structure.bytes(community.shortId()),
                                1L,
                                0L,
                                2L,
                                Structure.bytes(header.hash(community.shortId()).toBytes())));
        byte[] nil = Vote.nil(new Height(7), THIRD, Vote.Type.PREVOTE).payload(community);
        assertThat(nil)
                .isEqualTo(
                        new CborWriter()
                                .array(5)
                                .bytes(community.shortId())
                                .unsigned(7)
                                .unsigned(3)
                                .unsigned(1)
                                .nil()
                                .toByteArray());
    }

    @Test
    void anotherLibraryVerifiesAVoteAlone() throws Exception {
        SignedVote vote = signed(Vote.prevote(header, community), 0);
        assertThat(
                        Authlete.verifiesSign(
                                vote.encode(community),
                                signers.getFirst().publicKey(),
                                community.voteAad()))
                .isTrue();
        assertThat(
                        Authlete.verifiesSign(
                                vote.encode(community),
                                signers.getFirst().publicKey(),
                                community.transactionAad()))
                .isFalse();
    }

    @Test
    void aMembersVoteIsValidAndNamesItsPlaceInTheSet() {
        for (int i = 0; i < signers.size(); i++) {
            int place = nodes.indexOf(signers.get(i).publicKey().id()).orElseThrow();
            assertThat(signed(Vote.prevote(header, community), i).verify(nodes, community))
                    .isEqualTo(new SignedVote.Verdict.Valid(place));
        }
    }

    @Test
    void aStrangersVoteIsWorthNothing() {
        Signer stranger = SmallCommunity.signer("stranger");
        SignedVote vote = SignedVote.sign(Vote.prevote(header, community), stranger, community);
        assertThat(vote.verify(nodes, community))
                .isEqualTo(new SignedVote.Verdict.UnknownSigner(stranger.publicKey().id()));
    }

    /// A signature for one vote is none for any other: not for nil, not for another round, type,
    /// height, header or community.
    @Test
    void aSignatureForOneVoteIsNoneForAnother() {
        Vote said = Vote.precommit(header, community);
        SignerSignature signature = signed(said, 0).signature();
        List<Vote> others =
                List.of(
                        Vote.nil(said.height(), said.round(), said.type()),
                        new Vote(said.height(), THIRD, said.type(), said.header()),
                        Vote.prevote(header, community),
                        new Vote(new Height(2), said.round(), said.type(), said.header()),
                        new Vote(said.height(), said.round(), said.type(), Optional.of(Hash.ZERO)));
        for (Vote other : others) {
            assertThat(new SignedVote(other, signature).verify(nodes, community))
                    .as(other.toString())
                    .isInstanceOf(SignedVote.Verdict.BadSignature.class);
        }
        assertThat(signed(said, 0).verify(nodes, new Community(Hash.ZERO)))
                .isInstanceOf(SignedVote.Verdict.BadSignature.class);
        SignedVote garbled =
                new SignedVote(said, SignerSignature.of(signature.signer(), new byte[64]));
        assertThat(garbled.verify(nodes, community))
                .isEqualTo(
                        new SignedVote.Verdict.BadSignature(
                                signature.signer(), new SignatureVerdict.OutOfRange()));
    }

    @Test
    void aVoteOfAnotherCommunityIsNamedAsSuch() {
        Community other = new Community(Hash.ZERO);
        byte[] theirs =
                SignedVote.sign(Vote.prevote(header, other), signers.getFirst(), other)
                        .encode(other);
        assertThatThrownBy(() -> SignedVote.decode(theirs, community))
                .isInstanceOf(WrongCommunityException.class)
                .hasMessageStartingWith("vote is of community 0000000000000000, expected ");
    }

    @Test
    void whatIsNoVoteOfOneNodeIsRefused() {
        Vote vote = Vote.prevote(header, community);
        byte[] payload = vote.payload(community);
        List<SignerSignature> two =
                List.of(signed(vote, 0).signature(), signed(vote, 1).signature()).stream()
                        .sorted(Comparator.comparing(SignerSignature::signer))
                        .toList();
        refused(Sign.of(two).encodeAround(payload), "vote has 2 signatures, expected 1");
        refused(new byte[SignedVote.MAX_BYTES + 1], "vote has 257 bytes, limit 256");
        refused(around(fields(0, 0, 1)), "vote: nobody votes about the genesis, height 0");
        refused(around(fields(1, 0, 3)), "vote: vote type 3 is outside 1 to 2");
        refused(around(fields(1, 1L << 31, 1)), "round");
        refused(Sign.of(two.subList(0, 1)).encode(), "payload");
    }

    private byte[] fields(long height, long round, long type) {
        return new CborWriter()
                .array(5)
                .bytes(community.shortId())
                .unsigned(height)
                .unsigned(round)
                .unsigned(type)
                .nil()
                .toByteArray();
    }

    private byte[] around(byte[] payload) {
        SignerSignature any = signed(Vote.prevote(header, community), 0).signature();
        return Sign.of(List.of(any)).encodeAround(payload);
    }

    private void refused(byte[] bytes, String why) {
        assertThatThrownBy(() -> SignedVote.decode(bytes, community))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(why);
    }

    @Test
    void precommitsOfAQuorumAreTheCertificateInWhateverOrderTheyCame() throws Exception {
        List<SignedVote> votes = new ArrayList<>();
        for (int i = 0; i < nodes.quorum(); i++) {
            byte[] wire = signed(Vote.precommit(header, community), i).encode(community);
            votes.add(SignedVote.decode(wire, community));
        }
        Certificate certificate = Certificate.of(votes);
        assertThat(certificate.verify(header, nodes, community))
                .isEqualTo(new Certificate.Verdict.Approved(3, 3));
        Collections.reverse(votes);
        assertThat(Certificate.of(votes)).isEqualTo(certificate);
        assertThat(certificate.signatures().signatures())
                .containsExactlyInAnyOrderElementsOf(
                        votes.stream().map(SignedVote::signature).toList());
    }

    @Test
    void nothingButTheSamePrecommitsAreACertificate() {
        Vote precommit = Vote.precommit(header, community);
        noCertificate(List.of());
        noCertificate(List.of(signed(Vote.prevote(header, community), 0)));
        noCertificate(List.of(signed(Vote.nil(precommit.height(), THIRD, Vote.Type.PRECOMMIT), 0)));
        noCertificate(
                List.of(
                        signed(precommit, 0),
                        signed(
                                new Vote(
                                        precommit.height(),
                                        THIRD,
                                        precommit.type(),
                                        precommit.header()),
                                1)));
        noCertificate(List.of(signed(precommit, 0), signed(precommit, 0)));
    }

    private static void noCertificate(List<SignedVote> votes) {
        assertThatThrownBy(() -> Certificate.of(votes))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void votesAreOrderedByHeightThenRoundThenType() {
        List<Vote> ordered = new ArrayList<>();
        for (long height = 1; height <= 2; height++) {
            for (int round = 0; round <= 1; round++) {
                for (Vote.Type type : Vote.Type.values()) {
                    ordered.add(Vote.nil(new Height(height), new Round(round), type));
                }
            }
        }
        List<Vote> shuffled = new ArrayList<>(ordered);
        Collections.reverse(shuffled);
        shuffled.sort(Vote.ORDER);
        assertThat(shuffled).isEqualTo(ordered);
        assertThat(Arrays.stream(Vote.Type.values()).map(Vote.Type::code)).containsExactly(1, 2);
    }
}
