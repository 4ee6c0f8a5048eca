package energy.cryptometer.fullnode.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.fullnode.chain.ChainException;
import energy.cryptometer.fullnode.chain.ChainStore;
import energy.cryptometer.fullnode.chain.NodeFile;
import energy.cryptometer.fullnode.chain.PendingRows;
import energy.cryptometer.fullnode.chain.VoteRows;
import energy.cryptometer.fullnode.mempool.Mempool;
import energy.cryptometer.fullnode.mempool.MempoolLimits;
import energy.cryptometer.fullnode.voting.VotingRound;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.Vote;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.rule.Proposal;
import energy.cryptometer.ledger.rule.ScriptedMeter;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.Round;
import energy.cryptometer.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What survives an end of the program, and what is noticed at the next start.
class RestartTest {
    private static final Instant ORIGIN = SmallCommunity.ORIGIN;

    @TempDir Path folder;
    private TestNode node;
    private ScriptedMeter meter;

    @BeforeEach
    void start() {
        node = TestNode.in(folder);
        meter = new ScriptedMeter(node.genesis, node.community.meterA);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private List<SignedTransaction> oneStep(Instant from) {
        node.clock.set(from.plusSeconds(30));
        List<SignedTransaction> step = new ArrayList<>(meter.pulses(20, from, 1000));
        step.add(meter.transfer());
        node.submit(step);
        return step;
    }

    @Test
    void aNodeRestartedInMidStepClosesItAsIfNothingHadHappened() {
        oneStep(ORIGIN);
        node.restart();
        node.clock.set(ORIGIN.plus(Duration.ofMinutes(15)).plusSeconds(24));
        assertThat(node.closeDue()).isZero();
        node.restart();
        node.clock.advance(Duration.ofSeconds(1));
        assertThat(node.closeDue()).isOne();

        ChainState before = node.node().chain().chain();
        node.restart();
        assertThat(node.node().chain().chain()).isEqualTo(before);
        assertThat(before.accounts().plant().allocated().milliwattHours()).isEqualTo(20_000);
    }

    @Test
    void missedStepsGetTheirBlocksOldestFirstEachWithItsOwnPulses() {
        List<List<SignedTransaction>> steps = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            steps.add(oneStep(ORIGIN.plus(Duration.ofMinutes(15L * i))));
        }
        node.restart();
        node.clock.set(ORIGIN.plus(Duration.ofMinutes(15 * 7)).plusSeconds(25));
        assertThat(node.closeDue()).isEqualTo(7);

        for (int i = 0; i < 5; i++) {
            assertThat(
                            node.node()
                                    .chain()
                                    .block(new Height(i + 1))
                                    .orElseThrow()
                                    .body()
                                    .transactions())
                    .hasSize(22)
                    .containsAll(steps.get(i));
        }
    }

    @Test
    void anAllocationWaitsForNobodyAndALateTransferGetsItsOwn() {
        List<SignedTransaction> pulses = meter.pulses(5, ORIGIN, 1000);
        node.clock.set(ORIGIN.plus(Duration.ofMinutes(15)));
        node.submit(pulses);
        node.clock.advance(Duration.ofSeconds(25));
        node.closeDue();
        node.submit(List.of(meter.transfer()));
        node.clock.advance(Duration.ofMinutes(15));
        node.closeDue();

        var plant = node.node().chain().chain().accounts().plant();
        assertThat(plant.allocated().milliwattHours()).isEqualTo(5000);
        assertThat(plant.waiting()).isEmpty();
    }

    @Test
    void aProposalThatWasPromisedBeforeACrashIsTheOneThatIsApproved() {
        List<SignedTransaction> step = oneStep(ORIGIN);
        node.clock.set(ORIGIN.plus(Duration.ofMinutes(15)).plusSeconds(25));
        Header promised = promise(step.subList(0, 7));

        node.restart();
        node.closeDue();

        ChainState chain = node.node().chain().chain();
        assertThat(chain.tip().last().orElseThrow().header()).isEqualTo(promised);
        assertThat(node.node().mempool().size()).isEqualTo(14);
    }

    @Test
    void aNodeNeverPromisesASecondBlockOfOneHeight() {
        List<SignedTransaction> step = oneStep(ORIGIN);
        promise(step.subList(0, 7));
        assertThatThrownBy(() -> promise(step.subList(0, 8)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must not sign");
    }

    /// What a failed sync can do: the block is on the disk, and the node in memory does not know.
    @Test
    void aBlockThatTurnsUpAfterAFailedWriteIsTakenAsItIs() {
        oneStep(ORIGIN);
        node.stopNode();
        try (Database database = open()) {
            ChainStore knowing = ChainStore.open(node.genesis, database);
            ChainStore unknowing = ChainStore.open(node.genesis, database);
            VotingRound second = producer(unknowing, database);
            producer(knowing, database).closeNext(node.clock);

            assertThat(second.closeNext(node.clock).transactions()).isEqualTo(22);
            assertThat(unknowing.chain()).isEqualTo(knowing.chain());
            assertThat(second.closeNext(node.clock).height()).isEqualTo(new Height(2));
        }
    }

    private VotingRound producer(ChainStore chain, Database database) {
        Mempool mempool =
                new Mempool(
                        chain,
                        new PendingRows(database),
                        MempoolLimits.USUAL,
                        node.clock,
                        node.log::add);
        NodeSetup setup = TestNode.setup(node.community, node.store(), TestNode.anyPort());
        return new VotingRound(
                chain,
                mempool,
                new VoteRows(database, node.genesis.community()),
                setup.keys(),
                setup.limits().block());
    }

    private Header promise(List<SignedTransaction> transactions) {
        node.stopNode();
        ChainState chain = ChainState.of(node.genesis);
        try (Database database = open()) {
            if (Proposal.build(chain, Round.FIRST, node.community.proposer, transactions)
                    instanceof Outcome.Accepted<Proposal>(Proposal proposal)) {
                new VoteRows(database, node.genesis.community())
                        .promise(
                                Vote.precommit(proposal.header(), node.genesis.community()),
                                new VoteRows.Proposed(proposal.header(), proposal.body()));
                return proposal.header();
            }
            throw new AssertionError("refused");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE header SET certificate = (SELECT certificate FROM header WHERE height = 1)"
                        + " WHERE height = 2",
                "UPDATE header SET header = (SELECT header FROM header WHERE height = 2),"
                        + " certificate = (SELECT certificate FROM header WHERE height = 2)"
                        + " WHERE height = 1",
                "UPDATE body SET bytes = (SELECT bytes FROM body WHERE height = 1)"
                        + " WHERE height = 2",
                "DELETE FROM body WHERE height = 2",
                "DELETE FROM leaf WHERE height = 2",
                "DELETE FROM body WHERE height = 1; DELETE FROM header WHERE height = 1",
                "UPDATE leaf SET bytes = x'00' WHERE height = 2"
            })
    void aChangedHistoryIsNoticedAtTheStart(String sabotage) {
        oneStep(ORIGIN);
        node.clock.set(ORIGIN.plus(Duration.ofMinutes(30)).plusSeconds(25));
        assertThat(node.closeDue()).isEqualTo(2);
        node.stopNode();
        try (Database database = open()) {
            database.change(sql -> {
                for (String statement : sabotage.split(";", -1)) {
                    int _ = sql.statement(statement).run();
                }
            });
        }
        assertThatThrownBy(node::startNode)
                .isInstanceOf(ChainException.class)
                .hasMessageStartingWith("the stored chain is damaged: ");
    }

    @Test
    void theStoreOfAnotherCommunityIsRefused() {
        node.stopNode();
        NodeSetup other = TestNode.setup(new SmallCommunity(5), node.store(), TestNode.anyPort());
        assertThatThrownBy(() -> Node.open(other, node.clock, node.log::add))
                .isInstanceOf(ChainException.class)
                .hasMessageContaining("belongs to another community");
    }

    private Database open() {
        return NodeFile.open(node.store(), node.genesis, new byte[0]);
    }
}
