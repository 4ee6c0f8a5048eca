package energy.cryptometer.fullnode.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.proof.AccountProof;
import energy.cryptometer.ledger.proof.ChainProof;
import energy.cryptometer.ledger.proof.HeaderProof;
import energy.cryptometer.ledger.proof.TransactionProof;
import energy.cryptometer.ledger.rule.BlockRules;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.rule.ScriptedMeter;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.state.MeterAccount;
import energy.cryptometer.ledger.state.ParticipantAccount;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.message.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Table 1 of the paper through CoAP: A delivers 15 kWh, B 10 kWh, X receives 8 and Y 17.
@Tag("slow")
class TableOneTest {
    private static final Instant ORIGIN = SmallCommunity.ORIGIN;

    @TempDir Path folder;
    private TestNode node;

    @BeforeEach
    void start() {
        node = TestNode.in(folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private List<SignedTransaction> deliver(Signer signer, int pulses) {
        ScriptedMeter meter = new ScriptedMeter(node.genesis, signer);
        List<SignedTransaction> all =
                new ArrayList<>(meter.pulses(pulses, ORIGIN.plusSeconds(1), 50));
        all.add(meter.transfer());
        for (int from = 0; from < all.size(); from += 200) {
            node.submit(all.subList(from, Math.min(all.size(), from + 200)));
        }
        return all;
    }

    @Test
    void everyPulseReachesTheParticipantsAndIsProven() {
        node.clock.set(ORIGIN.plus(Duration.ofMinutes(15)).plusSeconds(1));
        List<SignedTransaction> a = deliver(node.community.meterA, 15_000);
        deliver(node.community.meterB, 10_000);
        assertThat(node.closeDue()).isZero();

        node.clock.set(ORIGIN.plus(Duration.ofMinutes(15)).plusSeconds(25));
        assertThat(node.closeDue()).isOne();
        Height one = new Height(1);
        SignedHeader head = got(node.client().head());
        assertThat(head.header().height()).isEqualTo(one);

        Block block = got(node.client().block(one));
        assertThat(block.body().transactions()).hasSize(15_000 + 10_000 + 2 + 1);
        assertThat(new BlockRules(node.genesis).append(ChainState.of(node.genesis), block))
                .isInstanceOf(Outcome.Accepted.class);

        assertThat(received(node.community.participantX, head))
                .isEqualTo(Energy.ofKilowattHours(8));
        assertThat(received(node.community.participantY, head))
                .isEqualTo(Energy.ofKilowattHours(17));
        assertThat(register(node.community.meterA, head)).isEqualTo(Energy.ofKilowattHours(15));

        List<ChainProof> proofs =
                got(node.client().chainProofs(node.community.meterA.publicKey().id(), one))
                        .proofs();
        assertThat(proofs).hasSize(2);
        assertThat(proofs.getFirst().check(head.header(), a.subList(0, 15_000)).proven()).isTrue();
        assertThat(proofs.getLast().check(head.header(), a.subList(15_000, 15_001)).proven())
                .isTrue();
        TransactionProof proof = got(node.client().transactionProof(a.get(7).id()));
        assertThat(proof.transaction()).isEqualTo(a.get(7));
        assertThat(proof.check(head.header()).proven()).isTrue();
    }

    @Test
    void aStepWithoutPulsesHasItsBlockToo() {
        node.clock.set(ORIGIN.plus(Duration.ofHours(2)).plusSeconds(25));

        assertThat(node.closeDue()).isEqualTo(8);

        SignedHeader head = got(node.client().head());
        List<SignedHeader> page = got(node.client().headers(new Height(3), 64)).headers();
        assertThat(page)
                .extracting(header -> header.header().height().value())
                .containsExactly(3L, 4L, 5L, 6L, 7L, 8L);
        HeaderProof proof = got(node.client().headerProof(new Height(3), new Height(8)));
        assertThat(
                        proof.check(
                                        head.header(),
                                        page.getFirst().header(),
                                        node.genesis.community())
                                .proven())
                .isTrue();
    }

    private Energy received(Signer participant, SignedHeader head) {
        AccountProof proof = account(participant, head);
        return proof.account() instanceof ParticipantAccount account
                ? account.credited()
                : Energy.ZERO;
    }

    private Energy register(Signer meter, SignedHeader head) {
        return account(meter, head).account() instanceof MeterAccount account
                ? account.register()
                : Energy.ZERO;
    }

    private AccountProof account(Signer member, SignedHeader head) {
        AccountProof proof =
                got(
                        node.client()
                                .account(AccountId.of(member.publicKey()), head.header().height()));
        assertThat(proof.check(head.header()).proven()).isTrue();
        return proof;
    }

    private static <T> T got(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Got.class);
        return answer.got().orElseThrow();
    }
}
