package energy.cryptometer.ledger.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Strict;
import energy.cryptometer.ledger.Structure;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.ScriptedMeter;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Blocks and their parts as bytes.
class BlockCodecTest {
    private final SmallCommunity small = new SmallCommunity();
    private final Community community = small.genesis.community();
    private final Block block = block();

    private Block block() {
        ScriptedMeter a = new ScriptedMeter(small.genesis, small.meterA);
        ScriptedMeter b = new ScriptedMeter(small.genesis, small.meterB);
        List<SignedTransaction> transactions = new ArrayList<>();
        transactions.addAll(a.pulses(3, SmallCommunity.ORIGIN.plusSeconds(1), 700));
        transactions.addAll(b.pulses(2, SmallCommunity.ORIGIN.plusSeconds(2), 900));
        transactions.add(b.transfer());
        return small.block(ChainState.of(small.genesis), transactions);
    }

    @Test
    void aWholeBlockHasOneSpelling() throws Exception {
        Strict.all(
                new Strict.Format<>() {
                    @Override
                    public byte[] encode(Block value) {
                        return value.encode(community);
                    }

                    @Override
                    public Block decode(byte[] bytes) throws MalformedException {
                        return Block.decode(bytes, community);
                    }
                },
                block);
    }

    @Test
    void aSignedHeaderHasOneSpelling() throws Exception {
        Strict.all(
                new Strict.Format<>() {
                    @Override
                    public byte[] encode(SignedHeader value) {
                        return value.encode(community);
                    }

                    @Override
                    public SignedHeader decode(byte[] bytes) throws MalformedException {
                        return SignedHeader.decode(bytes, community);
                    }
                },
                new SignedHeader(block.header(), block.certificate()));
    }

    @Test
    void aBodyWithAPreviousCertificateHasOneSpelling() throws Exception {
        Body body =
                new Body(
                        new Settlement(
                                3,
                                List.of(
                                        new Settlement.Reveal(
                                                1, block.header().election().seedProof()),
                                        new Settlement.Reveal(
                                                7, block.header().election().electionProof())),
                                77),
                        Optional.of(block.certificate()),
                        block.body().transactions());
        Strict.all(
                new Strict.Format<>() {
                    @Override
                    public byte[] encode(Body value) {
                        return value.encode();
                    }

                    @Override
                    public Body decode(byte[] bytes) throws MalformedException {
                        return Body.decode(bytes, community);
                    }
                },
                body);
    }

    @Test
    void twoOtherLibrariesReadTheHeaderAlike() {
        byte[] encoded = HeaderCodec.encode(block.header(), community);
        Object expected = expectedHeader(block.header());
        assertThat(Structure.upokecenter(encoded)).isEqualTo(expected);
        assertThat(Structure.authlete(encoded)).isEqualTo(expected);
        assertThat(encoded.length).isLessThan(560);
    }

    private Object expectedHeader(Header header) {
        return List.of(
                1L,
                Structure.bytes(community.shortId()),
                1L,
                0L,
                hex(header.previous()),
                hex(header.headersRoot()),
                hex(header.content().root()),
                8L,
                hex(header.state().root()),
                6L,
                hex(header.nodes().root()),
                hex(header.nodes().nextRoot()),
                0L,
                hex(header.election().candidatesRoot()),
                0L,
                Structure.bytes(header.election().electionProof().toBytes()),
                Structure.bytes(header.election().seedProof().toBytes()),
                hex(header.election().beacon()));
    }

    private static String hex(Hash hash) {
        return Structure.bytes(hash.toBytes());
    }

    @Test
    void aHeaderOfAnotherCommunityIsRefusedByThatName() {
        byte[] encoded = HeaderCodec.encode(block.header(), community);
        Community other = new Community(Hash.ZERO);
        assertThatThrownBy(() -> HeaderCodec.decode(encoded, other))
                .isInstanceOf(WrongCommunityException.class)
                .hasMessage(
                        "header is of community %s, expected 0000000000000000",
                        community.toString().substring(0, 16));
    }

    @Test
    void aLaterVersionIsRefusedByItsNumber() {
        byte[] encoded = HeaderCodec.encode(block.header(), community);
        encoded[1] = 2;
        assertThatThrownBy(() -> HeaderCodec.decode(encoded, community))
                .isInstanceOf(MalformedException.class)
                .isNotInstanceOf(WrongCommunityException.class)
                .hasMessage("header version 2 is not known, expected 1");
    }

    @ParameterizedTest(name = "{0} in place of the field at byte {1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    00           | 11  | a header's height is at least 1
                    01           | 81  | transaction count 1 is outside 2 to 1000000
                    """)
    void aHeaderFieldOutsideItsBoundIsRefused(String hex, int at, String sentence) {
        byte[] encoded = HeaderCodec.encode(block.header(), community);
        int found = at == 81 ? indexOfCount(encoded) : at;
        encoded[found] = Byte.parseByte(hex, 16);
        assertThatThrownBy(() -> HeaderCodec.decode(encoded, community))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(sentence);
    }

    /// `[version, community, height, round, previous, headers root, transactions root` come before.
    private static int indexOfCount(byte[] encoded) {
        int at = 1 + 1 + 9 + 1 + 1 + 3 * 34;
        assertThat(encoded[at]).isEqualTo((byte) 8);
        return at;
    }

    @Test
    void anOversizedHeaderCertificateAndBodyAreRefusedUnread() {
        assertThatThrownBy(() -> HeaderCodec.decode(new byte[1025], community))
                .hasMessage("header has 1025 bytes, limit 1024");
        assertThatThrownBy(() -> Certificate.decode(new byte[Certificate.MAX_BYTES + 1]))
                .hasMessage("certificate has 32769 bytes, limit 32768");
        assertThatThrownBy(() -> Body.decode(new byte[Body.MAX_BYTES + 1], community))
                .hasMessage("block body has 16777217 bytes, limit 16777216");
    }

    @Test
    void batchesOutOfOrderAreRefused() {
        assertThatThrownBy(() -> Body.decode(bodyOf(1, 0), community))
                .isInstanceOf(MalformedException.class)
                .hasMessage("block body: batches are not ascending by sender");
    }

    @Test
    void aSenderWithTwoBatchesIsRefused() {
        assertThatThrownBy(() -> Body.decode(bodyOf(0, 0), community))
                .isInstanceOf(MalformedException.class)
                .hasMessage("block body: batches are not ascending by sender");
    }

    @Test
    void batchesInOrderAreTaken() throws Exception {
        assertThat(Body.decode(bodyOf(0, 1), community)).isEqualTo(block.body());
    }

    private byte[] bodyOf(int... places) {
        CborWriter writer = new CborWriter();
        writer.array(3).encoded(block.body().settlement().encode()).nil().array(places.length);
        for (int place : places) {
            block.body().batches().get(place).write(writer);
        }
        return writer.toByteArray();
    }

    @Test
    void aTransactionTwiceIsRefused() {
        List<SignedTransaction> twice = new ArrayList<>(block.body().transactions());
        twice.add(twice.getFirst());
        assertThatThrownBy(() -> new Body(Settlement.uncontested(0), Optional.empty(), twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("block holds GENERATION 1 of");
    }

    @Test
    void theTreeHoldsSettlementCertificateAndWhatWasSignedInOrder() {
        List<byte[]> leaves = new ArrayList<>();
        leaves.add(block.body().settlement().encode());
        leaves.add(new byte[] {(byte) 0xf6});
        block.body().transactions().forEach(tx -> leaves.add(tx.encode()));
        assertThat(block.body().tree().root()).isEqualTo(MerkleTree.ofEntries(leaves).root());
        assertThat(block.body().transactions()).isSortedAccordingTo(SignedTransaction.BLOCK_ORDER);
        assertThat(Body.leafIndex(0)).isEqualTo(2);
    }

    @Test
    void aSettlementOutsideItsBoundsIsRefused() {
        assertThatThrownBy(() -> new Settlement(200, List.of(), 0))
                .hasMessage("winner 200 is outside 0 to 199");
        assertThatThrownBy(() -> new Settlement(0, List.of(), -1))
                .hasMessage("tokens -1 are outside 0 to 2^62");
        Settlement.Reveal reveal = new Settlement.Reveal(4, block.header().election().seedProof());
        assertThatThrownBy(() -> new Settlement(0, List.of(reveal, reveal), 0))
                .hasMessage("settlement: reveals are not ascending");
    }
}
