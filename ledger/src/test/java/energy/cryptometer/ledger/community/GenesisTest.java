package energy.cryptometer.ledger.community;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Strict;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.cose.Authlete;
import energy.cryptometer.ledger.cose.Sign1;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.unit.PulseConstant;
import energy.cryptometer.ledger.vrf.VrfPublicKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a community must agree on, and its one encoding.
class GenesisTest {
    private static final byte[] AAD = "cryptometer-genesis-1".getBytes(StandardCharsets.US_ASCII);

    private final SmallCommunity small = new SmallCommunity();
    private final Genesis good = small.genesis;

    @Test
    void aSignedGenesisHasOneSpelling() throws Exception {
        byte[] signed = GenesisCodec.sign(good, small.authority);
        assertThat(GenesisCodec.decode(signed)).isEqualTo(good);
        assertThat(Authlete.verifies(signed, good.authority(), AAD)).isTrue();
        Strict.neitherShorterNorLonger(format(), good);
        for (int at = 0; at < signed.length; at++) {
            byte[] changed = signed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> GenesisCodec.decode(changed))
                    .as("byte %d", at)
                    .isInstanceOf(MalformedException.class);
        }
    }

    private Strict.Format<Genesis> format() {
        return new Strict.Format<>() {
            @Override
            public byte[] encode(Genesis value) {
                return GenesisCodec.sign(value, small.authority);
            }

            @Override
            public Genesis decode(byte[] bytes) throws MalformedException {
                return GenesisCodec.decode(bytes);
            }
        };
    }

    @Test
    void onlyTheAuthoritySigns() {
        assertThatThrownBy(() -> GenesisCodec.sign(good, small.plant))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("genesis names authority");
        byte[] foreign = Sign1.sign(small.plant, GenesisCodec.payload(good), AAD).encode();
        assertThatThrownBy(() -> GenesisCodec.decode(foreign))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("genesis signature by its authority");
    }

    @Test
    void membersOutOfOrderAreRefused() {
        Genesis twisted =
                with(good.name(), good.meters(), good.participants().reversed(), good.nodes());
        assertThat(twisted).isEqualTo(good);
        byte[] payload = GenesisCodec.payload(good);
        byte[] swapped = payload.clone();
        int length = encodedLength(good.participants().getFirst());
        int first = indexOf(payload, good.participants().getFirst());
        System.arraycopy(payload, first, swapped, first + length, length);
        System.arraycopy(payload, first + length, swapped, first, length);
        byte[] signed = Sign1.sign(small.authority, swapped, AAD).encode();
        assertThatThrownBy(() -> GenesisCodec.decode(signed))
                .isInstanceOf(MalformedException.class)
                .hasMessage("genesis: members are not in ascending order");
    }

    private static int encodedLength(ParticipantEntry entry) {
        var writer = new CborWriter();
        entry.write(writer);
        return writer.toByteArray().length;
    }

    /// Where the entry's array begins: three bytes before its key.
    private static int indexOf(byte[] payload, ParticipantEntry entry) {
        String all = new String(payload, StandardCharsets.ISO_8859_1);
        String key = new String(entry.key().compressed(), StandardCharsets.ISO_8859_1);
        return all.indexOf(key) - 4;
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        Signer once = small.meterA;
        List<MeterEntry> meters = new ArrayList<>(good.meters());
        meters.add(
                new MeterEntry(once.publicKey(), "A", MidClass.A, new PulseConstant(1000), 5_000));
        List<ParticipantEntry> participants =
                List.of(
                        new ParticipantEntry(small.plant.publicKey(), 320_000),
                        new ParticipantEntry(small.participantY.publicKey(), 679_999));
        assertThatThrownBy(() -> with("", meters, participants, good.nodes()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "contract shares add up to 999999 ppm, expected exactly 1000000 ppm")
                .hasMessageContaining(
                        "key " + once.publicKey().id() + " belongs to meter A and to meter A")
                .hasMessageContaining("belongs to the virtual power plant and to participant")
                .hasMessageContaining("meter serial 'A' stands twice")
                .hasMessageContaining("community name has 0 bytes, allowed 1 to 64");
    }

    @Test
    void nobodyIsNoCommunity() {
        assertThatThrownBy(() -> with("x".repeat(65), List.of(), List.of(), good.nodes()))
                .hasMessageContaining("0 meters are outside 1 to 500")
                .hasMessageContaining("0 participants are outside 1 to 400")
                .hasMessageContaining("contract shares add up to 0 ppm")
                .hasMessageContaining("community name has 65 bytes");
        assertThatThrownBy(() -> new NodeSet(List.of())).hasMessage("0 nodes are outside 1 to 200");
    }

    @Test
    void aKeyThatDrawsLotsDoesNothingElse() {
        NodeEntry own =
                new NodeEntry(
                        small.node.publicKey(),
                        VrfPublicKey.of(small.meterA.publicKey().compressed()));
        assertThatThrownBy(() ->
                        with(
                                good.name(),
                                good.meters(),
                                good.participants(),
                                new NodeSet(List.of(own))))
                .hasMessageContaining("belongs to meter A and to the lots of node");
    }

    @Test
    void aNodeStandsOnceInItsSet() {
        NodeEntry node = good.nodes().get(0);
        assertThatThrownBy(() -> new NodeSet(List.of(node, node)))
                .hasMessage("node key %s twice", node.key().id());
    }

    @ParameterizedTest
    @CsvSource({
        "300, 500, 200, ok",
        "499, 501, 0, ok",
        "333, 334, 333, gamma 333 < alpha 333 < beta 334 does not hold",
        "500, 300, 200, gamma 200 < alpha 500 < beta 300 does not hold",
        "300, 501, 200, alpha 300 + beta 501 + gamma 200 is not 1000 per mille",
        "400, 601, -1, gamma -1 < alpha 400",
        "2147483000, 2147483640, 1656, is not 1000 per mille",
    })
    void weightsOfTheElectionKeepTheirOrder(int alpha, int beta, int gamma, String sentence) {
        if (sentence.equals("ok")) {
            assertThat(terms(alpha, beta, gamma).alpha()).isEqualTo(alpha);
        } else {
            assertThatThrownBy(() -> terms(alpha, beta, gamma)).hasMessageContaining(sentence);
        }
    }

    private static ElectionTerms terms(int alpha, int beta, int gamma) {
        return new ElectionTerms(SelectionRule.WEALTH_OVER_UNIFORM, alpha, beta, gamma);
    }

    @Test
    void entriesOutsideTheirBoundsAreRefused() {
        var key = small.meterA.publicKey();
        PulseConstant constant = new PulseConstant(1000);
        assertThatThrownBy(() -> new MeterEntry(key, "", MidClass.A, constant, 1))
                .hasMessage("meter serial has 0 bytes, allowed 1 to 32");
        assertThatThrownBy(() -> new MeterEntry(key, "ä".repeat(17), MidClass.A, constant, 1))
                .hasMessage("meter serial has 34 bytes, allowed 1 to 32");
        assertThatThrownBy(() -> new MeterEntry(key, "A", MidClass.A, constant, 0))
                .hasMessage("rated power 0 W is outside 1 to 100000000 W");
        assertThatThrownBy(() -> new ParticipantEntry(key, 1_000_001))
                .hasMessage("share 1000001 ppm is outside 0 to 1000000 ppm");
        assertThatThrownBy(() -> MidClass.ofCode(4)).hasMessageContaining("MID class 4");
        assertThatThrownBy(() -> SelectionRule.ofCode(3))
                .hasMessage("selection rule 3 is outside 1 to 2");
        assertThatThrownBy(() -> new Genesis.Policy(1001, true))
                .hasMessage("pulses per transaction 1001 is outside 1 to 1000");
    }

    @Test
    void aCommunityIsTheHashOfItsGenesisAndBindsEveryDomain() {
        Community community = good.community();
        assertThat(community).isNotEqualTo(new SmallCommunity(2).genesis.community());
        assertThat(new String(community.transactionAad(), 0, 25, StandardCharsets.US_ASCII))
                .isEqualTo("cryptometer-transaction-1");
        assertThat(community.transactionAad()).hasSize(25 + 32);
        assertThat(new String(community.voteAad(), 0, 18, StandardCharsets.US_ASCII))
                .isEqualTo("cryptometer-vote-1");
        assertThat(community.toString()).startsWith(HexFormat.of().formatHex(community.shortId()));
    }

    private Genesis with(
            String name,
            List<MeterEntry> meters,
            List<ParticipantEntry> participants,
            NodeSet nodes) {
        return new Genesis(
                name,
                good.schedule(),
                good.policy(),
                good.election(),
                good.authority(),
                good.plant(),
                meters,
                participants,
                nodes);
    }
}
