package energy.cryptometer.fullnode.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.fullnode.mempool.MempoolLimits;
import energy.cryptometer.fullnode.node.NodeLimits;
import energy.cryptometer.fullnode.voting.BlockLimits;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.rule.ScriptedMeter;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.transaction.Allocation;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.Capture;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.Consumption;
import energy.cryptometer.ledger.transaction.Credit;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.PulseRange;
import energy.cryptometer.ledger.transaction.PulseStatus;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transaction;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.ClockQuality;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.transport.CoapCode;
import energy.cryptometer.transport.message.Accepted;
import energy.cryptometer.transport.message.Answer;
import energy.cryptometer.transport.message.ChainPosition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a node takes, takes again, and refuses.
class SubmissionTest {
    private static final Instant NOW = SmallCommunity.ORIGIN.plusSeconds(100);

    @TempDir Path folder;
    private TestNode node;
    private SmallCommunity community;
    private ScriptedMeter meter;

    @BeforeEach
    void start() {
        community = new SmallCommunity();
        MempoolLimits mempool = new MempoolLimits(50, 60, Duration.ofSeconds(10));
        node = new TestNode(community, folder, new NodeLimits(mempool, BlockLimits.USUAL));
        node.clock.set(NOW);
        meter = new ScriptedMeter(community.genesis, community.meterA);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void theSameBatchAgainIsAcceptedAgainBeforeAndAfterItsBlockAndAfterARestart() {
        List<SignedTransaction> pulses = meter.pulses(10, NOW.minusSeconds(9), 10);
        node.submit(pulses);
        node.submit(pulses);
        node.restart();
        node.submit(pulses);
        assertThat(node.node().mempool().size()).isEqualTo(10);

        node.clock.advance(Duration.ofHours(1));
        node.closeDue();
        assertThat(node.node().mempool().size()).isZero();
        node.submit(pulses);
        node.restart();
        node.submit(pulses);
        assertThat(node.node().mempool().size()).isZero();
    }

    @Test
    void aBatchMayBePartlyApprovedPartlyKnownAndPartlyNew() {
        List<SignedTransaction> pulses = meter.pulses(30, NOW.minusSeconds(9), 10);
        node.submit(pulses.subList(0, 10));
        node.clock.advance(Duration.ofHours(1));
        node.closeDue();
        node.submit(pulses.subList(5, 20));
        node.submit(pulses);
        assertThat(node.node().mempool().size()).isEqualTo(20);
    }

    @Test
    void anotherTransactionForAWaitingSequenceIsAConflictAndIsTold() {
        SignedTransaction ours = meter.pulse(NOW);
        SignedTransaction theirs =
                new ScriptedMeter(community.genesis, community.meterA).pulse(NOW.minusMillis(1));
        node.submit(List.of(ours));

        assertThat(refusal(List.of(theirs)))
                .isEqualTo("4.09 sequence 1 is %s here, not %s".formatted(ours.id(), theirs.id()));
        assertThat(node.log)
                .contains(
                        "equivocation signer=%s sequence=1 ours=%s theirs=%s"
                                .formatted(ours.signer(), ours.id(), theirs.id()));
    }

    @Test
    void anotherTransactionForAnApprovedSequenceIsAConflict() {
        List<SignedTransaction> ours = meter.pulses(3, NOW, 1);
        List<SignedTransaction> theirs =
                new ScriptedMeter(community.genesis, community.meterA).pulses(3, NOW, 2);
        node.submit(ours);
        node.clock.advance(Duration.ofHours(1));
        node.closeDue();
        node.restart();

        assertThat(ours.getFirst()).isEqualTo(theirs.getFirst());
        assertThat(refusal(theirs))
                .isEqualTo(
                        "4.09 sequence 2 is %s here, not %s"
                                .formatted(ours.get(1).id(), theirs.get(1).id()));
    }

    @Test
    void aForgedConflictIsOnlyABadSignature() {
        node.submit(List.of(meter.pulse(NOW)));
        SignedTransaction forged = forged(generation(ChainLink.first(), 1, NOW.minusMillis(5)));

        assertThat(refusal(List.of(forged))).startsWith("4.03 BAD_SIGNATURE: ");
        assertThat(node.log).isEmpty();
    }

    @Test
    void aGapNamesWhatIsExpected() {
        List<SignedTransaction> pulses = meter.pulses(10, NOW, 1);
        node.submit(pulses.subList(0, 3));
        assertThat(refusal(pulses.subList(5, 10))).isEqualTo("4.12 sequence 6, expected 4");
    }

    @Test
    void aPieceOfAnotherChainOfTheSameMeterIsAConflict() {
        node.submit(meter.pulses(2, NOW, 1));
        SignedTransaction other =
                sign(
                        community.meterA,
                        generation(new ChainLink(3, Hash.sha256(new byte[1])), 3, NOW));
        assertThat(refusal(List.of(other))).startsWith("4.09 WRONG_PREDECESSOR: ");
    }

    @Test
    void strangersAreRefused() {
        Signer stranger = SmallCommunity.signer("stranger");
        SignedTransaction pulse = sign(stranger, generation(ChainLink.first(), 1, NOW));
        assertThat(refusal(List.of(pulse)))
                .isEqualTo(
                        "4.03 UNKNOWN_SENDER: %s: the community knows no such key"
                                .formatted(stranger.publicKey().id()));
    }

    @Test
    void membersThatAreNoMetersAreRefused() {
        for (Signer member :
                List.of(
                        community.authority,
                        community.plant,
                        community.participantX,
                        community.node)) {
            SignedTransaction pulse = sign(member, generation(ChainLink.first(), 1, NOW));
            assertThat(refusal(List.of(pulse))).startsWith("4.03 WRONG_ROLE: ");
        }
        Allocation allocation =
                new Allocation(
                        ChainLink.first(),
                        new MarketStep(0),
                        List.of(Hash.ZERO),
                        List.of(
                                new Credit(
                                        AccountId.of(community.participantX.publicKey()),
                                        Energy.ZERO)));
        assertThat(refusal(List.of(sign(community.meterA, allocation))))
                .startsWith("4.03 WRONG_ROLE: ");
    }

    @Test
    void typesOfLaterVersionsAreNotAcceptedYet() {
        Consumption consumption =
                new Consumption(
                        ChainLink.first(),
                        new MarketStep(0),
                        AccountId.of(community.participantX.publicKey()),
                        Energy.ZERO);
        assertThat(refusal(List.of(sign(community.authority, consumption))))
                .startsWith("4.03 NOT_ACCEPTED_YET: ");
    }

    @Test
    void aBadSignatureKeepsNothingOfTheBatch() {
        List<SignedTransaction> good = meter.pulses(5, NOW, 1);
        SignedTransaction bad = forged(generation(good.getLast().next(), 6, NOW));

        assertThat(
                        refusal(
                                List.of(
                                        good.get(0),
                                        good.get(1),
                                        good.get(2),
                                        good.get(3),
                                        good.get(4),
                                        bad)))
                .startsWith("4.03 BAD_SIGNATURE: GENERATION 6 of ");
        assertThat(node.node().mempool().size()).isZero();
        node.submit(good);
    }

    @Test
    void aTransactionOfAnotherCommunityHasABadSignature() {
        SignedTransaction foreign =
                SignedTransaction.sign(
                        generation(ChainLink.first(), 1, NOW),
                        community.meterA,
                        new Community(Hash.ZERO));
        assertThat(refusal(List.of(foreign))).startsWith("4.03 BAD_SIGNATURE: ");
    }

    @Test
    void theFutureIsRefusedBeyondTenSeconds() {
        assertThat(
                        refusal(
                                List.of(
                                        new ScriptedMeter(community.genesis, community.meterA)
                                                .pulse(NOW.plusMillis(10_001)))))
                .startsWith("4.03 FUTURE_DATED: GENERATION 1 of ")
                .contains("captured at 2026-11-22T00:01:50.001Z")
                .contains("latest believed now is 2026-11-22T00:01:50Z");
        node.submit(List.of(meter.pulse(NOW.plusMillis(10_000))));
    }

    @Test
    void thePastBeforeTheOriginIsRefused() {
        Generation early = generation(ChainLink.first(), 1, SmallCommunity.ORIGIN.minusMillis(1));
        assertThat(refusal(List.of(sign(community.meterA, early))))
                .startsWith("4.03 BEFORE_ORIGIN: ");
    }

    @Test
    void energyFromNowhereIsRefused() {
        assertThat(refusal(List.of(sign(community.meterA, generation(ChainLink.first(), 2, NOW)))))
                .startsWith("4.03 WRONG_COUNT: ");
        SignedTransaction pulse = meter.pulse(NOW);
        node.submit(List.of(pulse));
        PulseRange range = new PulseRange(new MarketStep(0), 1, 1, 0, 1);
        Transfer more =
                new Transfer(
                        pulse.next(),
                        range,
                        community.genesis.plantAccount(),
                        Energy.ofKilowattHours(1));
        assertThat(refusal(List.of(sign(community.meterA, more)))).startsWith("4.03 WRONG_ENERGY");
        Transfer elsewhere =
                new Transfer(
                        pulse.next(),
                        range,
                        AccountId.of(community.participantX.publicKey()),
                        Energy.ofMilliwattHours(1000));
        assertThat(refusal(List.of(sign(community.meterA, elsewhere))))
                .startsWith("4.03 WRONG_RECEIVER");
    }

    @Test
    void aMeterThatSendsMoreThanItsShareIsAskedToWait() {
        List<SignedTransaction> pulses = meter.pulses(51, NOW, 1);
        node.submit(pulses.subList(0, 50));

        Answer<Accepted> answer = node.client().submit(new Batch(pulses.subList(50, 51)));
        assertThat(answer)
                .isEqualTo(
                        new Answer.Refused<>(
                                CoapCode.TOO_MANY_REQUESTS,
                                "50 transactions wait, limit 50",
                                Optional.of(Duration.ofSeconds(25))));

        ScriptedMeter other = new ScriptedMeter(community.genesis, community.meterB);
        assertThat(refusal(other.pulses(11, NOW, 1)))
                .isEqualTo("4.29 50 transactions wait, limit 60");
        node.clock.advance(Duration.ofHours(1));
        node.closeDue();
        node.submit(pulses.subList(50, 51));
    }

    @Test
    void aMeterLearnsWhereItsChainStands() {
        KeyId id = community.meterA.publicKey().id();
        List<SignedTransaction> pulses = meter.pulses(20, NOW, 1);
        node.submit(pulses.subList(0, 10));
        node.clock.advance(Duration.ofHours(1));
        node.closeDue();
        node.submit(pulses);

        assertThat(node.client().chain(id))
                .isEqualTo(
                        new Answer.Got<>(
                                new ChainPosition(pulses.get(19).next(), pulses.get(9).next())));
        KeyId stranger = SmallCommunity.signer("stranger").publicKey().id();
        assertThat(node.client().chain(stranger)).isInstanceOf(Answer.Refused.class);
    }

    private String refusal(List<SignedTransaction> transactions) {
        return switch (node.client().submit(new Batch(transactions))) {
            case Answer.Refused<Accepted>(CoapCode code, String why, _) -> code + " " + why;
            case Answer<Accepted> other -> other.toString();
        };
    }

    private SignedTransaction sign(Signer signer, Transaction content) {
        return SignedTransaction.sign(content, signer, community.genesis.community());
    }

    private SignedTransaction forged(Transaction content) {
        SignedTransaction strangers = sign(SmallCommunity.signer("stranger"), content);
        return SignedTransaction.of(
                content,
                community.meterA.publicKey().id(),
                strangers.signature(),
                community.genesis.community());
    }

    private static Generation generation(ChainLink link, long count, Instant at) {
        return new Generation(
                link, count, 1, new Capture(at, ClockQuality.SYNCHRONISED), PulseStatus.CONTACT);
    }
}
