package energy.cryptometer.ledger.rule;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.NodeEntry;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.unit.Round;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Voting rounds of a community of four nodes: in each round another node proposes.
class RoundsTest {
    private static final int NODES = 4;

    private final SmallCommunity small = new SmallCommunity();
    private final List<VrfSecretKey> lotteries =
            IntStream.range(0, NODES)
                    .mapToObj(i -> VrfSecretKey.of(SmallCommunity.secret("lots " + i)))
                    .toList();
    private final Genesis genesis = genesis();
    private final ChainState chain = ChainState.of(genesis);
    private final BlockRules rules = new BlockRules(genesis);
    private final int first =
            new Lottery(genesis.community())
                    .proposer(chain.tip().beacon(), Round.FIRST, genesis.nodes());

    private Genesis genesis() {
        List<NodeEntry> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(
                    new NodeEntry(
                            SmallCommunity.signer("node " + i).publicKey(),
                            lotteries.get(i).publicKey()));
        }
        Genesis one = small.genesis;
        return new Genesis(
                one.name(),
                one.schedule(),
                one.policy(),
                one.election(),
                one.authority(),
                one.plant(),
                one.meters(),
                one.participants(),
                new NodeSet(nodes));
    }

    private Proposer node(int index) {
        NodeEntry entry = genesis.nodes().get(index);
        return new Proposer(
                index,
                lotteries.stream()
                        .filter(lottery -> lottery.publicKey().equals(entry.vrfKey()))
                        .findFirst()
                        .orElseThrow());
    }

    private Proposal proposal(Round round, int node) {
        if (Proposal.build(chain, round, node(node), List.of())
                instanceof Outcome.Accepted<Proposal>(Proposal proposal)) {
            return proposal;
        }
        throw new AssertionError("refused");
    }

    @Test
    void eachRoundHasItsProposerAndItsBlockKeepsAllRules() {
        Round round = Round.FIRST;
        for (int i = 0; i < 2 * NODES; i++) {
            Proposal proposal = proposal(round, (first + i) % NODES);
            assertThat(proposal.header().round()).isEqualTo(round);
            assertThat(rules.check(chain, proposal.header(), proposal.body()))
                    .isEqualTo(new Outcome.Accepted<>(proposal.accounts()));
            round = round.next();
        }
    }

    @Test
    void whoHasNotTheTurnCannotBuildAProposal() {
        for (int i = 1; i < NODES; i++) {
            int node = (first + i) % NODES;
            assertThat(Proposal.build(chain, Round.FIRST, node(node), List.of()))
                    .isEqualTo(
                            Outcome.refused(
                                    Reason.WRONG_PROPOSER,
                                    "proposer of round 0 is node %d, the beacon names node %d",
                                    node,
                                    first));
        }
    }

    @Test
    void aHeaderWithAnotherRoundThanItsProposersIsRefused() {
        Header right = proposal(Round.FIRST, first).header();
        Proposal proposal = proposal(Round.FIRST, first);
        for (int i = 1; i < NODES; i++) {
            Header wrong = inRound(right, new Round(i));
            assertThat(Offences.refusal(rules.check(chain, wrong, proposal.body())).reason())
                    .isEqualTo(Reason.WRONG_PROPOSER);
        }
        Header onceRound = inRound(right, new Round(NODES));
        assertThat(Offences.refusal(rules.check(chain, onceRound, proposal.body())).reason())
                .as("the right proposer again, but a later round takes no seed")
                .isEqualTo(Reason.WRONG_BEACON);
    }

    @Test
    void roundsAfterTheFirstHaveABeaconThatNobodyChose() {
        Hash second = proposal(new Round(1), (first + 1) % NODES).header().election().beacon();
        Hash third = proposal(new Round(2), (first + 2) % NODES).header().election().beacon();
        assertThat(second)
                .isEqualTo(third)
                .isNotEqualTo(proposal(Round.FIRST, first).header().election().beacon());
    }

    @Test
    void aVeryLateRoundWorksToo() {
        Round last = new Round(Round.MAX_NUMBER);
        int node =
                new Lottery(genesis.community())
                        .proposer(chain.tip().beacon(), last, genesis.nodes());
        Proposal proposal = proposal(last, node);
        assertThat(rules.check(chain, proposal.header(), proposal.body()))
                .isInstanceOf(Outcome.Accepted.class);
    }

    private static Header inRound(Header header, Round round) {
        return new Header(
                header.height(),
                round,
                header.previous(),
                header.headersRoot(),
                header.content(),
                header.state(),
                header.nodes(),
                header.election());
    }
}
