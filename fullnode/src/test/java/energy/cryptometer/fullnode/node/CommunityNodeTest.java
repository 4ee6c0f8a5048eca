package energy.cryptometer.fullnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.fullnode.chain.NodeFile;
import energy.cryptometer.fullnode.mempool.Submission;
import energy.cryptometer.fullnode.voting.NodeSigners;
import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.proof.AccountProof;
import energy.cryptometer.ledger.proof.ChainProof;
import energy.cryptometer.ledger.rule.ScriptedMeter;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.state.ParticipantAccount;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.Anchor;
import energy.cryptometer.lightclient.verify.HeaderVerifier;
import energy.cryptometer.lightclient.verify.Policy;
import energy.cryptometer.lightclient.verify.Verdict;
import energy.cryptometer.store.Database;
import energy.cryptometer.timing.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node driven in the thread of the test: no socket, no sleep, no clock but the test's.
class CommunityNodeTest {
    private static final int STEPS = 10;
    private static final int PULSES = 100;

    private final SmallCommunity community = new SmallCommunity();
    private final VirtualTime time = new VirtualTime(SmallCommunity.ORIGIN);
    private final ScriptedMeter meter = new ScriptedMeter(community.genesis, community.meterA);
    private final List<Height> approved = new ArrayList<>();

    @TempDir private Path folder;
    private Database database;
    private CommunityNode node;

    @BeforeEach
    void open() {
        database =
                NodeFile.open(
                        folder.resolve("node.sqlite"),
                        community.genesis,
                        GenesisCodec.sign(community.genesis, community.authority));
        node =
                new CommunityNode(
                        community.genesis,
                        new NodeSigners(
                                0, community.node, community.lottery, Optional.of(community.plant)),
                        NodeLimits.USUAL,
                        new CommunityNode.Surroundings(database, time, _ -> {}, approved::add));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Instant endOf(int step) {
        return community.genesis.schedule().time(new Height(step));
    }

    /// What the meter signs in one market step, handed over as a meter would.
    private List<SignedTransaction> deliver(int step) {
        Instant begin = endOf(step).minus(community.genesis.schedule().length());
        List<SignedTransaction> all =
                new ArrayList<>(meter.pulses(PULSES, begin.plusSeconds(1), 2000));
        all.add(meter.transfer());
        assertThat(node.mempool().submit(new Batch(all)))
                .isEqualTo(new Submission.Accepted(all.getLast().content().sequence()));
        return all;
    }

    /// Takes turns, and lets the time pass that each of them asks for, until `end`.
    private void runUntil(Instant end) {
        while (time.instant().isBefore(end)) {
            Duration pause = node.take();
            time.advance(pause.isZero() ? Duration.ofMillis(1) : pause);
        }
    }

    @Test
    void tenMarketStepsInOneThreadGiveTenBlocksInWhichEveryPulseIsProven() {
        HeaderVerifier verifier = new HeaderVerifier(community.genesis, Policy.USUAL);
        Anchor anchor = Anchor.of(community.genesis);
        for (int step = 1; step <= STEPS; step++) {
            runUntil(endOf(step));
            List<SignedTransaction> delivered = deliver(step);
            Height height = new Height(step);
            assertThat(node.chain().head()).as("before the block is due").isLessThan(height);
            runUntil(endOf(step).plus(community.genesis.schedule().propose()).plusSeconds(1));

            assertThat(approved).last().isEqualTo(height);
            anchor = accepted(verifier, anchor, height);
            assertProven(height, delivered);
        }
        assertThat(approved).hasSize(STEPS);
        assertThat(received(community.participantX))
                .isEqualTo(Energy.ofMilliwattHours(STEPS * PULSES * 320L));
    }

    private Anchor accepted(HeaderVerifier verifier, Anchor anchor, Height height) {
        Block block = node.chain().whole(height).orElseThrow();
        Verdict verdict =
                verifier.judge(
                        anchor,
                        new SignedHeader(block.header(), block.certificate()),
                        time.instant());
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return ((Verdict.Accepted) verdict).anchor();
    }

    private void assertProven(Height height, List<SignedTransaction> delivered) {
        Block block = node.chain().whole(height).orElseThrow();
        List<ChainProof> proofs =
                node.chain()
                        .block(height)
                        .orElseThrow()
                        .chainProofs(community.meterA.publicKey().id());
        assertThat(proofs).hasSize(2);
        assertThat(proofs.getFirst().check(block.header(), delivered.subList(0, PULSES)).proven())
                .isTrue();
        assertThat(
                        proofs.getLast()
                                .check(block.header(), delivered.subList(PULSES, PULSES + 1))
                                .proven())
                .isTrue();
    }

    private Energy received(Signer participant) {
        Height head = node.chain().head();
        AccountProof proof =
                node.chain()
                        .state(head)
                        .orElseThrow()
                        .proof(AccountId.of(participant.publicKey()))
                        .orElseThrow();
        Block block = node.chain().whole(head).orElseThrow();
        assertThat(proof.check(block.header()).proven()).isTrue();
        return ((ParticipantAccount) proof.account()).credited();
    }

    @Test
    void stepsMissedWhileItWasAwayGetTheirBlocksOldestFirst() {
        time.advance(Duration.between(time.instant(), endOf(7).plusSeconds(30)));
        for (int turn = 0; turn < 7; turn++) {
            Duration _ = node.take();
        }
        assertThat(approved).extracting(Height::value).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(node.take()).as("nothing is due").isPositive();
        assertThat(approved).hasSize(7);
    }

    @Test
    void aNodeOpenedOnTheSameStoreGoesOnWhereItStood() {
        time.advance(Duration.between(time.instant(), endOf(1).plusSeconds(1)));
        List<SignedTransaction> delivered = deliver(1);
        close();
        open();
        assertThat(node.mempool().size()).isEqualTo(delivered.size());
        time.advance(community.genesis.schedule().propose());
        Duration _ = node.take();
        assertProven(new Height(1), delivered);
    }
}
