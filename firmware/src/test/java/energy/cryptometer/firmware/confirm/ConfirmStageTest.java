package energy.cryptometer.firmware.confirm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.firmware.ScriptedNode;
import energy.cryptometer.firmware.WorkbenchChain;
import energy.cryptometer.firmware.WorkbenchMeter;
import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.Settlement;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.merkle.RangeProof;
import energy.cryptometer.ledger.proof.ChainProof;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapCode;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.CoapResponse;
import energy.cryptometer.transport.ContentFormats;
import energy.cryptometer.transport.TransportSecurity;
import energy.cryptometer.transport.message.ChainProofs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConfirmStageTest {
    private final CoapClient coap =
            new CoapClient(
                    TransportSecurity.plain(),
                    CoapLimits.USUAL.withTimeout(Duration.ofSeconds(5)),
                    SystemTime.CLOCKS);
    @TempDir private Path folder;
    private WorkbenchMeter meter;
    private WorkbenchChain chain;
    private ScriptedNode node;
    private ScriptedNode other;

    @BeforeEach
    void open() {
        meter = new WorkbenchMeter(folder);
        chain = new WorkbenchChain(meter.community);
        node = new ScriptedNode(meter.community.genesis.community());
        other = new ScriptedNode(meter.community.genesis.community());
        other.proves(height -> honest(height, proof -> proof));
    }

    @AfterEach
    void close() {
        coap.close();
        node.close();
        other.close();
        meter.close();
    }

    /// Headers that were verified already.
    private class Verified implements ConfirmStage.TrustedHeaders {
        @Override
        public void sync(Instant now) {}

        @Override
        public Height head() {
            return chain.head();
        }

        @Override
        public Optional<SignedHeader> header(Height height) {
            return chain.header(height);
        }
    }

    private ConfirmStage stage(ScriptedNode... nodes) {
        return new ConfirmStage(
                meter.journal(),
                new Verified(),
                Stream.of(nodes).map(one -> one.client(coap)).toList(),
                meter.clock,
                new Pruning(meter.journal(), Duration.ofDays(7), meter.time));
    }

    private KeyId signer() {
        return meter.journal().identity().key().id();
    }

    private CoapResponse honest(Height height, UnaryOperator<ChainProof> change) {
        return proofs(chain.proofs(signer(), height).stream().map(change).toList());
    }

    private static CoapResponse proofs(List<ChainProof> proofs) {
        return CoapResponse.content(ContentFormats.CBOR, new ChainProofs(proofs).encode());
    }

    private long proven() {
        return meter.journal().counts().proven();
    }

    /// A step with five pulses and its transfer, sent and approved.
    private void approvedStep() {
        long before = meter.journal().cursors().signedSequence();
        meter.countAndSign(5);
        meter.endStep();
        long last = meter.journal().cursors().signedSequence();
        meter.journal().markSent(last);
        chain.approve(meter.signed(before + 1, last));
    }

    @Test
    void proofsThatHoldMakeTheBlocksOfAMeterProven() {
        approvedStep();
        approvedStep();
        assertThat(stage(other).runOnce()).isPositive();
        assertThat(proven()).isEqualTo(10);
        assertThat(meter.journal().cursors().provenSequence()).isEqualTo(12);
        assertThat(meter.journal().counts().oldestUnproven()).isEmpty();
    }

    @Test
    void blocksOfADayAreExaminedInOneGo() {
        for (int i = 0; i < 60; i++) {
            approvedStep();
        }
        ConfirmStage stage = stage(other);
        assertThat(stage.runOnce()).as("there is more").isZero();
        assertThat(stage.runOnce()).isPositive();
        assertThat(proven()).isEqualTo(300);
    }

    private void liesOnceThenTheNextNodeIsAsked(UnaryOperator<ChainProof> lie, String complaint) {
        approvedStep();
        node.proves(height -> honest(height, lie));
        ConfirmStage stage = stage(node, other);
        assertThatThrownBy(stage::runOnce)
                .hasMessageStartingWith(node.address().toString())
                .hasMessageContaining(complaint);
        assertThat(proven()).isZero();
        assertThat(meter.journal().cursors().provenSequence()).isZero();
        assertThat(stage.runOnce()).isPositive();
        assertThat(proven()).isEqualTo(5);
    }

    @Test
    void anAlteredPathProvesNothing() {
        liesOnceThenTheNextNodeIsAsked(
                proof -> {
                    List<Hash> path = new ArrayList<>(proof.range().path());
                    path.set(0, Hash.sha256(new byte[] {1}));
                    return with(proof, proof.range().first(), proof.range().size(), path);
                },
                "a proof that does not hold");
    }

    @Test
    void aTreeOfAnotherSizeProvesNothing() {
        liesOnceThenTheNextNodeIsAsked(
                proof ->
                        with(
                                proof,
                                proof.range().first(),
                                proof.range().size() + 1,
                                proof.range().path()),
                "WrongTreeSize[signed=9, claimed=10]");
    }

    @Test
    void anotherPlaceInTheTreeProvesNothing() {
        liesOnceThenTheNextNodeIsAsked(
                proof ->
                        with(
                                proof,
                                proof.range().first() + 1,
                                proof.range().size(),
                                proof.range().path()),
                "a proof that does not hold");
    }

    @Test
    void aProofOfAnotherBlockProvesNothing() {
        liesOnceThenTheNextNodeIsAsked(
                proof ->
                        new ChainProof(
                                new Height(77),
                                proof.type(),
                                proof.firstSequence(),
                                proof.lastSequence(),
                                proof.range()),
                "WrongHeight");
    }

    private static ChainProof with(ChainProof proof, long first, long size, List<Hash> path) {
        return new ChainProof(
                proof.height(),
                proof.type(),
                proof.firstSequence(),
                proof.lastSequence(),
                new RangeProof(first, size, path));
    }

    private static ChainProof stretched(ChainProof proof, long first, long last) {
        return new ChainProof(proof.height(), proof.type(), first, last, proof.range());
    }

    @Test
    void aTrueProofStretchedOverWhatWasNeverSignedProvesNothing() {
        liesOnceThenTheNextNodeIsAsked(
                proof -> stretched(proof, proof.firstSequence(), 1L << 40),
                "for what this meter never signed");
    }

    @Test
    void aTrueProofStretchedOverATransactionOfAnotherTypeProvesNothing() {
        liesOnceThenTheNextNodeIsAsked(
                proof -> stretched(proof, proof.firstSequence(), 6), "never signed");
    }

    @Test
    void aProofOfAnotherTypeProvesNothing() {
        liesOnceThenTheNextNodeIsAsked(
                proof ->
                        new ChainProof(
                                proof.height(),
                                TransactionType.ALLOCATION,
                                proof.firstSequence(),
                                proof.lastSequence(),
                                proof.range()),
                "never signed");
    }

    @Test
    void whatIsPendingIsNotProvenByAProofOfWhatIsApproved() {
        approvedStep();
        meter.countAndSign(3);
        node.proves(height ->
                honest(
                        height,
                        proof ->
                                proof.type() == TransactionType.GENERATION
                                        ? stretched(proof, 1, 9)
                                        : proof));
        assertThatThrownBy(stage(node)::runOnce).hasMessageContaining("does not hold");
        assertThat(meter.journal().cursors().provenSequence()).isZero();
        assertThat(stage(other).runOnce()).isPositive();
        assertThat(proven()).isEqualTo(5);
        assertThat(meter.journal().counts().counted()).isEqualTo(8);
    }

    @Test
    void aNodeThatRefusesOrTalksGarbageIsLeftForTheNext() {
        approvedStep();
        node.proves(_ -> ScriptedNode.refusal(CoapCode.NOT_FOUND, "no block of height 1"));
        assertThatThrownBy(stage(node, other)::runOnce)
                .hasMessage(
                        "%1$s gives no proofs for height 1: %1$s refused it: 4.04 no block of height 1"
                                .formatted(node.address()));
        node.proves(_ -> CoapResponse.content(ContentFormats.CBOR, new byte[] {(byte) 0xff}));
        ConfirmStage stage = stage(node, other);
        assertThatThrownBy(stage::runOnce).hasMessageContaining("gives no proofs for height 1");
        assertThat(stage.runOnce()).isPositive();
        assertThat(proven()).isEqualTo(5);
    }

    @Test
    void aNodeThatWithholdsProofsIsNamedAndLeft() {
        for (int i = 0; i < 4; i++) {
            approvedStep();
        }
        node.proves(_ -> proofs(List.of()));
        ConfirmStage stage = stage(node, other);
        assertThatThrownBy(stage::runOnce)
                .hasMessage(
                        "%s shows no proof up to height 4 for sequence 1, which belongs to height 1; asking again"
                                .formatted(node.address()));
        assertThat(proven()).isZero();
        assertThat(stage.runOnce()).isPositive();
        assertThat(proven()).isEqualTo(20);
    }

    @Test
    void whatWasSentLateIsNotMissed() {
        meter.countAndSign(5);
        meter.endStep();
        for (int i = 0; i < 5; i++) {
            chain.approve(List.of());
        }
        ConfirmStage stage = stage(other);
        assertThat(stage.runOnce()).as("nothing is sent, so no node is to blame").isPositive();
        meter.journal().markSent(6);
        chain.approve(meter.signed(1, 6));
        assertThat(stage.runOnce()).isPositive();
        assertThat(proven()).isEqualTo(5);
    }

    @Test
    void onlyWhatIsProvenCanBePruned() {
        approvedStep();
        node.proves(_ -> proofs(List.of()));
        assertThat(stage(node).runOnce()).isPositive();
        Instant farFuture = meter.clock.read().wall().plus(Duration.ofDays(3650));
        assertThat(meter.journal().prune(farFuture)).isZero();
        assertThat(stage(other).runOnce()).isPositive();
        approvedStep();
        assertThat(meter.journal().prune(farFuture)).isEqualTo(6);
        assertThat(meter.journal().cursors().prunedSequence()).isEqualTo(6);
        assertThat(meter.journal().counts().counted()).isEqualTo(10);
    }

    @Test
    void aProofOfWhatIsPrunedIsOldNewsAndNoFailure() {
        approvedStep();
        assertThat(stage(other).runOnce()).isPositive();
        assertThat(meter.journal().prune(meter.clock.read().wall())).isEqualTo(6);
        approvedStep();
        other.proves(height -> {
            List<ChainProof> both = new ArrayList<>(chain.proofs(signer(), new Height(1)));
            both.addAll(chain.proofs(signer(), height));
            return proofs(both);
        });
        assertThat(stage(other).runOnce()).isPositive();
        assertThat(proven()).isEqualTo(10);
    }

    /// Signing 10,050 times is not what is shown here: the ledger has verified a block's signatures
    /// before there is a proof, and a journal holds only what its own meter signed.
    @Test
    void aBlockWithMoreThanTenThousandOfAMeterIsProvenWhole(@TempDir Path another) {
        byte[] signature = new byte[64];
        signature[31] = 1;
        signature[63] = 1;
        Signer quick =
                new Signer() {
                    @Override
                    public PublicKey publicKey() {
                        return meter.community.meterA.publicKey();
                    }

                    @Override
                    public byte[] sign(byte[] message) {
                        return signature.clone();
                    }
                };
        try (WorkbenchMeter busy = new WorkbenchMeter(another, quick)) {
            busy.countAndSign(10_050);
            busy.endStep();
            busy.journal().markSent(10_051);
            List<SignedTransaction> own = new ArrayList<>(busy.signed(1, 10_000));
            own.addAll(busy.signed(10_001, 10_051));
            chain.approve(List.of());
            SignedHeader small = chain.header(new Height(1)).orElseThrow();
            Body body = new Body(Settlement.uncontested(0), Optional.empty(), own);
            SignedHeader large =
                    new SignedHeader(with(small.header(), body.tree()), small.certificate());
            node.proves(height ->
                    proofs(
                            WorkbenchChain.proofs(
                                    busy.journal().identity().key().id(), height, body)));
            ConfirmStage stage =
                    new ConfirmStage(
                            busy.journal(),
                            new Verified() {
                                @Override
                                public Optional<SignedHeader> header(Height height) {
                                    return Optional.of(large);
                                }
                            },
                            List.of(node.client(coap)),
                            busy.clock,
                            new Pruning(busy.journal(), Duration.ofDays(7), busy.time));
            assertThat(stage.runOnce()).isPositive();
            assertThat(busy.journal().counts().proven()).isEqualTo(10_050);
            assertThat(busy.journal().cursors().provenSequence()).isEqualTo(10_051);
        }
    }

    private static Header with(Header header, MerkleTree content) {
        return new Header(
                header.height(),
                header.round(),
                header.previous(),
                header.headersRoot(),
                new Header.Content(content.root(), content.size()),
                header.state(),
                header.nodes(),
                header.election());
    }
}
