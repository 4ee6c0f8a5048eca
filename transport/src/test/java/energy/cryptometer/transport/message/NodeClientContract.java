package energy.cryptometer.transport.message;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.proof.AccountProof;
import energy.cryptometer.ledger.proof.ChainProof;
import energy.cryptometer.ledger.proof.ProofCheck;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.CoapCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every node answers, wherever it stands: on the network or in memory. Each answer is checked
/// against the others, so any honest node can be asked.
public interface NodeClientContract {
    /// A node that has approved blocks 1 to 3 or more, each with pulses of this meter.
    Subject subject();

    /// A node and what to ask it about.
    ///
    /// @param meter the id of its public key
    /// @param account of a member
    /// @param pulses four transactions of the meter that continue what the node has
    record Subject(
            NodeClient node,
            Community community,
            KeyId meter,
            AccountId account,
            List<SignedTransaction> pulses) {
        Height head() {
            return value(node.head()).header().height();
        }

        SignedHeader header(Height height) {
            return value(node.headers(height, 1)).headers().getFirst();
        }
    }

    /// What was got; anything else fails the test.
    static <T> T value(Answer<T> answer) {
        return answer.got().orElseThrow(() -> new AssertionError(answer));
    }

    private static void isRefused(Answer<?> answer, CoapCode code) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @Test
    default void theHeadersAscendToTheHead() {
        Subject subject = subject();
        List<SignedHeader> headers =
                value(subject.node().headers(new Height(1), Resources.MAX_HEADERS)).headers();
        for (int i = 0; i < headers.size(); i++) {
            assertThat(headers.get(i).header().height()).isEqualTo(new Height(i + 1));
        }
        assertThat(headers.getLast()).isEqualTo(value(subject.node().head()));
        assertThat(value(subject.node().headers(new Height(2), 1)).headers())
                .containsExactly(headers.get(1));
    }

    @Test
    default void aPageBehindTheHeadIsEmpty() {
        Subject subject = subject();
        assertThat(value(subject.node().headers(subject.head().next(), 1)).headers()).isEmpty();
    }

    @Test
    default void aBlockHasTheHeaderOfItsHeight() {
        Subject subject = subject();
        Height height = new Height(2);
        assertThat(value(subject.node().block(height)).header())
                .isEqualTo(subject.header(height).header());
        isRefused(subject.node().block(subject.head().next()), CoapCode.NOT_FOUND);
    }

    @Test
    default void everyTransactionOfABlockIsProven() {
        Subject subject = subject();
        Block block = value(subject.node().block(new Height(2)));
        assertThat(block.body().transactions()).isNotEmpty();
        for (SignedTransaction transaction : block.body().transactions()) {
            var proof = value(subject.node().transactionProof(transaction.id()));
            assertThat(proof.transaction()).isEqualTo(transaction);
            assertThat(proof.check(block.header())).isInstanceOf(ProofCheck.Proven.class);
        }
        isRefused(subject.node().transactionProof(Hash.sha256(new byte[] {1})), CoapCode.NOT_FOUND);
    }

    @Test
    default void aMetersTransactionsOfABlockAreProvenByRanges() {
        Subject subject = subject();
        Block block = value(subject.node().block(new Height(2)));
        List<ChainProof> proofs =
                value(subject.node().chainProofs(subject.meter(), new Height(2))).proofs();
        assertThat(proofs).isNotEmpty();
        for (ChainProof proof : proofs) {
            List<SignedTransaction> own =
                    block.body().transactions().stream()
                            .filter(one -> one.signer().equals(subject.meter()))
                            .filter(one -> one.content().type() == proof.type())
                            .toList();
            assertThat(proof.check(block.header(), own)).isInstanceOf(ProofCheck.Proven.class);
        }
        isRefused(
                subject.node().chainProofs(subject.meter(), subject.head().next()),
                CoapCode.NOT_FOUND);
    }

    @Test
    default void whoHasNothingInABlockHasNoRange() {
        KeyId stranger = KeyId.of(new byte[8]);
        assertThat(value(subject().node().chainProofs(stranger, new Height(2))).proofs()).isEmpty();
    }

    @Test
    default void anOlderHeaderIsProvenByANewerOne() {
        Subject subject = subject();
        var proof = value(subject.node().headerProof(new Height(1), subject.head()));
        assertThat(
                        proof.check(
                                subject.header(subject.head()).header(),
                                subject.header(new Height(1)).header(),
                                subject.community()))
                .isInstanceOf(ProofCheck.Proven.class);
        isRefused(
                subject.node().headerProof(new Height(1), subject.head().next()),
                CoapCode.NOT_FOUND);
    }

    @Test
    default void anAccountIsProvenAsItStoodAfterABlock() {
        Subject subject = subject();
        AccountProof proof = value(subject.node().account(subject.account(), new Height(2)));
        assertThat(proof.account().account()).isEqualTo(subject.account());
        assertThat(proof.check(subject.header(new Height(2)).header()))
                .isInstanceOf(ProofCheck.Proven.class);
        isRefused(
                subject.node().account(subject.account(), subject.head().next()),
                CoapCode.NOT_FOUND);
        AccountId nobody = AccountId.ofHex("00".repeat(32));
        isRefused(subject.node().account(nobody, new Height(2)), CoapCode.NOT_FOUND);
    }

    @Test
    default void whatContinuesAMetersChainIsTakenOnceHoweverOftenItIsSent() {
        Subject subject = subject();
        List<SignedTransaction> pulses = subject.pulses();
        Batch first = new Batch(pulses.subList(0, 2));
        for (int i = 0; i < 2; i++) {
            assertThat(value(subject.node().submit(first)).lastSequence())
                    .isEqualTo(first.lastSequence());
        }
        assertThat(value(subject.node().chain(subject.meter())).accepted())
                .isEqualTo(pulses.get(2).content().link());
        assertThat(value(subject.node().chain(subject.meter())).approved())
                .isEqualTo(pulses.get(0).content().link());
        Batch all = new Batch(pulses);
        assertThat(value(subject.node().submit(all)).lastSequence()).isEqualTo(all.lastSequence());
    }

    @Test
    default void aGapIsNotTaken() {
        Subject subject = subject();
        List<SignedTransaction> pulses = subject.pulses();
        isRefused(
                subject.node().submit(new Batch(pulses.subList(2, 4))),
                CoapCode.PRECONDITION_FAILED);
        assertThat(value(subject.node().chain(subject.meter())).accepted())
                .isEqualTo(pulses.getFirst().content().link());
    }

    @Test
    default void aStrangerHasNoChain() {
        isRefused(subject().node().chain(KeyId.of(new byte[8])), CoapCode.NOT_FOUND);
    }
}
