package energy.cryptometer.ledger.rule;

import static energy.cryptometer.ledger.rule.TableOneTest.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.Header.Election;
import energy.cryptometer.ledger.block.Settlement;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.Round;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every rule refuses something, by its own name. The switch has no default: a new reason does not
/// compile until it is shown here.
class RefusalTest {
    private final SmallCommunity small = new SmallCommunity();
    private final BlockRules rules = new BlockRules(small.genesis);
    private final Offences offences = new Offences(small);

    @ParameterizedTest
    @EnumSource
    void everyRuleRefusesByItsName(Reason reason) {
        Refusal refusal = provoke(reason);
        assertThat(refusal.reason()).as(refusal.sentence()).isEqualTo(reason);
        assertThat(refusal).hasToString(reason + ": " + refusal.sentence());
        assertThat(refusal.sentence()).hasSizeGreaterThan(20);
    }

    private Refusal provoke(Reason reason) {
        return switch (reason) {
            case UNKNOWN_SENDER -> offences.stranger();
            case WRONG_ROLE -> offences.participantWhoGenerates();
            case BAD_SIGNATURE -> ofBlock(unsigned());
            case WRONG_SEQUENCE -> offences.skippedSequence();
            case WRONG_PREDECESSOR -> offences.wrongPredecessor();
            case WRONG_COUNT -> offences.pulseCountedTwice();
            case TOO_MANY_PULSES -> offences.bundledPulses();
            case BEFORE_ORIGIN -> offences.beforeTheCommunity();
            case FUTURE_DATED -> offences.tomorrow();
            case WRONG_RANGE -> offences.halfARange();
            case WRONG_RECEIVER -> offences.paidToAFriend();
            case WRONG_ENERGY -> offences.oneMilliwattHourMore();
            case TOO_MUCH_PENDING -> offences.neverTransferred();
            case UNKNOWN_TRANSFER -> offences.inventedTransfer();
            case WRONG_STEP -> offences.transferOfAnotherStep();
            case WRONG_ALLOCATION -> offences.allToX();
            case NOT_ACCEPTED_YET -> offences.offer();
            case WRONG_HEIGHT -> ofBlock(second().height(3));
            case WRONG_PREVIOUS -> ofBlock(second().previous(Hash.ZERO));
            case WRONG_HEADERS_ROOT -> ofBlock(second().headersRoot(Hash.ZERO));
            case WRONG_TRANSACTIONS_ROOT ->
                    ofBlock(second().content(new Header.Content(Hash.ZERO, 2)));
            case WRONG_STATE_ROOT -> ofBlock(second().state(new Header.State(Hash.ZERO, 6)));
            case WRONG_NODES -> ofBlock(second().nodes(otherNodes()));
            case WRONG_PROPOSER -> ofBlock(second().election(election(1, lottery(), beacon())));
            case WRONG_ELECTION_PROOF ->
                    ofBlock(second().election(election(0, foreign(), beacon())));
            case WRONG_BEACON -> ofBlock(second().election(election(0, lottery(), Hash.ZERO)));
            case WRONG_SETTLEMENT ->
                    ofBlock(second().body(body(Settlement.uncontested(3), List.of())));
            case WRONG_CERTIFICATE -> ofBlock(second().certifiedBy(small.meterA));
        };
    }

    private final ChainState first =
            accepted(
                    rules.append(
                            ChainState.of(small.genesis),
                            small.block(ChainState.of(small.genesis), List.of())));
    private final Block next = small.block(first, List.of());

    private Tampering second() {
        return new Tampering(small, next);
    }

    private Refusal ofBlock(Block block) {
        assertThat(rules.append(first, next)).isInstanceOf(Outcome.Accepted.class);
        return Offences.refusal(rules.append(first, block));
    }

    private Body body(Settlement settlement, List<SignedTransaction> transactions) {
        return new Body(settlement, first.tip().certificate(), transactions);
    }

    private Block unsigned() {
        return second().body(body(Settlement.uncontested(0), List.of(offences.unsignedPulse())));
    }

    private Header.Nodes otherNodes() {
        Hash root = small.genesis.nodes().root();
        return new Header.Nodes(root, Hash.ZERO, new Height(0));
    }

    private VrfSecretKey lottery() {
        return small.lottery;
    }

    private static VrfSecretKey foreign() {
        return VrfSecretKey.of(SmallCommunity.secret("a foreign draw"));
    }

    private Hash beacon() {
        return next.header().election().beacon();
    }

    private Election election(int proposer, VrfSecretKey key, Hash beacon) {
        Election right =
                new Lottery(small.genesis.community())
                        .prove(
                                new Proposer(proposer, key),
                                first.tip().beacon(),
                                next.header().height(),
                                Round.FIRST);
        return new Election(
                right.candidatesRoot(), proposer, right.electionProof(), right.seedProof(), beacon);
    }

    @Test
    void theOtherWaysToBreakTheSameRules() {
        Hash root = small.genesis.nodes().root();
        List<Block> nodes =
                List.of(
                        second().nodes(new Header.Nodes(Hash.ZERO, root, Height.GENESIS)),
                        second().nodes(new Header.Nodes(root, root, new Height(1))));
        assertThat(nodes).allSatisfy(block -> is(block, Reason.WRONG_NODES));
        Election right = next.header().election();
        is(
                second().election(
                                new Election(
                                        right.candidatesRoot(),
                                        0,
                                        right.electionProof(),
                                        right.electionProof(),
                                        right.beacon())),
                Reason.WRONG_ELECTION_PROOF);
        is(
                second().election(
                                new Election(
                                        Hash.ZERO,
                                        0,
                                        right.electionProof(),
                                        right.seedProof(),
                                        right.beacon())),
                Reason.WRONG_SETTLEMENT);
        is(
                second().content(new Header.Content(next.header().content().root(), 3)),
                Reason.WRONG_TRANSACTIONS_ROOT);
        is(
                second().state(new Header.State(next.header().state().root(), 7)),
                Reason.WRONG_STATE_ROOT);
        is(
                second().body(new Body(Settlement.uncontested(0), Optional.empty(), List.of())),
                Reason.WRONG_CERTIFICATE);
        is(
                second().body(
                                new Body(
                                        Settlement.uncontested(0),
                                        Optional.of(next.certificate()),
                                        List.of())),
                Reason.WRONG_CERTIFICATE);
        is(
                second().body(body(Settlement.uncontested(0), List.of(offences.strangersPulse()))),
                Reason.UNKNOWN_SENDER);
    }

    private void is(Block block, Reason reason) {
        Refusal refusal = ofBlock(block);
        assertThat(refusal.reason()).as(refusal.sentence()).isEqualTo(reason);
    }
}
