package energy.cryptometer.lightclient.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.block.Certificate;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.Evidence;
import energy.cryptometer.lightclient.verify.Policy;
import energy.cryptometer.lightclient.verify.Verdict;
import energy.cryptometer.transport.message.Answer;
import energy.cryptometer.transport.message.HeaderPage;
import energy.cryptometer.transport.message.NodeClient;
import energy.cryptometer.transport.message.WrittenChain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LightClientTest {
    private final WrittenChain chain = new WrittenChain(6);
    private final Instant now = chain.justAfter(6);
    private final MemoryHeaderStore store = new MemoryHeaderStore();
    private final LightClient client = new LightClient(chain.genesis(), store, Policy.USUAL);
    private final ScriptedNode honest = ScriptedNode.of("honest", chain.headers());

    private static WrittenChain fork(int height) {
        WrittenChain fork = new WrittenChain(height - 1);
        fork.extendEmpty();
        return fork;
    }

    @Test
    void aChainIsFollowedPageByPage() {
        SyncReport report = client.sync(List.of(ScriptedNode.of("slow", chain.headers(), 2)), now);
        assertThat(report.accepted()).isTrue();
        assertThat(report.from()).isEqualTo(Height.GENESIS);
        assertThat(report.to()).isEqualTo(new Height(6));
        assertThat(client.head()).isEqualTo(new Height(6));
        for (int i = 1; i <= 6; i++) {
            assertThat(client.header(new Height(i))).contains(chain.header(i));
        }
        assertThat(report.nodes().getFirst().outcome())
                .isEqualTo(new NodeOutcome.Agreed(new Height(6), 6));
    }

    @Test
    void theNextRunContinuesWhereTheLastOneEnded() {
        client.sync(List.of(ScriptedNode.of("young", chain.headers().subList(0, 4))), now);
        SyncReport report =
                new LightClient(chain.genesis(), store, Policy.USUAL).sync(List.of(honest), now);
        assertThat(report.from()).isEqualTo(new Height(4));
        assertThat(report.nodes().getFirst().outcome())
                .isEqualTo(new NodeOutcome.Agreed(new Height(6), 2));
    }

    @Test
    void absentLyingAndMalformedNodesAreLeftForTheNext() {
        SignedHeader uncertified =
                new SignedHeader(
                        chain.block(6).header(),
                        Certificate.ofOne(
                                SmallCommunity.signer("stranger"),
                                chain.block(6).header(),
                                chain.community()));
        List<SignedHeader> lies = new ArrayList<>(chain.headers().subList(0, 5));
        lies.add(uncertified);
        SyncReport report =
                client.sync(
                        List.of(
                                ScriptedNode.stubborn(
                                        new Answer.Unreachable<>("no answer"),
                                        new Answer.Unreachable<>("no answer")),
                                ScriptedNode.stubborn(
                                        new Answer.OtherCommunity<>("aa", "bb"),
                                        new Answer.OtherCommunity<>("aa", "bb")),
                                ScriptedNode.stubborn(
                                        new Answer.Malformed<>("no CBOR"),
                                        new Answer.Malformed<>("no CBOR")),
                                ScriptedNode.of("liar", lies),
                                honest),
                        now);
        assertThat(report.accepted()).isTrue();
        assertThat(report.nodes().stream().map(SyncReport.Asked::outcome))
                .satisfiesExactly(
                        absent ->
                                assertThat(absent)
                                        .isEqualTo(new NodeOutcome.Unreachable("no answer")),
                        other ->
                                assertThat(other)
                                        .isEqualTo(
                                                new NodeOutcome.Rejected(
                                                        new Verdict.WrongChain("aa", "bb"))),
                        malformed ->
                                assertThat(malformed)
                                        .isEqualTo(
                                                new NodeOutcome.Rejected(
                                                        new Verdict.Malformed("no CBOR"))),
                        liar -> assertThat(liar).isInstanceOf(NodeOutcome.Rejected.class),
                        good ->
                                assertThat(good)
                                        .isEqualTo(new NodeOutcome.Agreed(new Height(6), 1)));
    }

    @Test
    void whereEverybodyLiesTheFirstLieIsTheVerdict() {
        SyncReport report =
                client.sync(
                        List.of(
                                ScriptedNode.stubborn(
                                        new Answer.OtherCommunity<>("aa", "bb"),
                                        new Answer.OtherCommunity<>("aa", "bb"))),
                        now);
        assertThat(report.verdict()).isEqualTo(new Verdict.WrongChain("aa", "bb"));
        assertThat(report.reached()).isTrue();
        assertThat(report.accepted()).isFalse();
    }

    @Test
    void whereNobodyAnswersNothingIsAccepted() {
        SyncReport report =
                client.sync(
                        List.of(
                                ScriptedNode.stubborn(
                                        new Answer.Unreachable<>("gone"),
                                        new Answer.Unreachable<>("gone"))),
                        now);
        assertThat(report.reached()).isFalse();
        assertThat(report.accepted()).isFalse();
        assertThat(report.verdict()).isEqualTo(new Verdict.Stale(Height.GENESIS, new Height(6)));
    }

    @Test
    void aCommunityWithoutABlockIsReached() {
        SyncReport report =
                client.sync(List.of(ScriptedNode.of("new", List.of())), chain.justAfter(1));
        assertThat(report.accepted()).isTrue();
    }

    @Test
    void nodesThatAllLagAreStale() {
        assertThat(client.sync(List.of(honest), chain.justAfter(9)).verdict())
                .isEqualTo(new Verdict.Stale(new Height(6), new Height(9)));
    }

    @Test
    void aNodeThatRepeatsItsFirstPageEnds() {
        NodeClient looping =
                ScriptedNode.stubborn(
                        new Answer.Got<>(chain.header(6)),
                        new Answer.Got<>(new HeaderPage(chain.headers().subList(0, 2))));
        assertThat(client.sync(List.of(looping), now).nodes().getFirst().outcome())
                .isEqualTo(
                        new NodeOutcome.Rejected(
                                new Verdict.NotNext(new Height(1), new Height(3))));
        NodeClient empty =
                ScriptedNode.stubborn(
                        new Answer.Got<>(chain.header(6)),
                        new Answer.Got<>(new HeaderPage(List.of())));
        assertThat(client.sync(List.of(empty), now).nodes().getFirst().outcome())
                .isInstanceOf(NodeOutcome.Rejected.class);
    }

    @Test
    void aWitnessWithAnotherHeadFreezesForGood() {
        WrittenChain other = fork(6);
        SyncReport report =
                client.sync(List.of(honest, ScriptedNode.of("fork", other.headers())), now);
        Evidence evidence = new Evidence(chain.header(6), other.header(6));
        assertThat(report.verdict()).isEqualTo(new Verdict.Frozen(evidence));
        assertThat(store.evidence()).contains(evidence);

        chain.extend();
        SyncReport later =
                client.sync(
                        List.of(ScriptedNode.of("honest", chain.headers())), chain.justAfter(7));
        assertThat(later.verdict()).isEqualTo(new Verdict.Frozen(evidence));
        assertThat(later.to()).isEqualTo(new Height(6));
    }

    @Test
    void aForkThatIsBehindOrAheadFreezesAsWell() {
        WrittenChain shorter = fork(3);
        assertThat(
                        client.sync(
                                        List.of(
                                                honest,
                                                ScriptedNode.of("behind", shorter.headers())),
                                        now)
                                .verdict())
                .isEqualTo(new Verdict.Frozen(new Evidence(chain.header(3), shorter.header(3))));

        MemoryHeaderStore fresh = new MemoryHeaderStore();
        WrittenChain longer = fork(6);
        longer.extend();
        SyncReport ahead =
                new LightClient(chain.genesis(), fresh, Policy.USUAL)
                        .sync(
                                List.of(honest, ScriptedNode.of("ahead", longer.headers())),
                                chain.justAfter(7));
        assertThat(ahead.verdict())
                .isEqualTo(new Verdict.Frozen(new Evidence(chain.header(6), longer.header(7))));
    }

    @Test
    void aStoreThatDoesNotVerifyIsNeverUsed() {
        client.sync(List.of(honest), now);
        TrustedHead head = store.head().orElseThrow();
        MemoryHeaderStore damaged = new MemoryHeaderStore();
        damaged.advance(
                Height.GENESIS, chain.headers(), new TrustedHead(chain.header(5), head.earlier()));
        LightClient misled = new LightClient(chain.genesis(), damaged, Policy.USUAL);
        assertThatThrownBy(() -> misled.sync(List.of(honest), now))
                .isInstanceOf(UntrustedStoreException.class)
                .hasMessageContaining("set the store aside");
    }

    @Test
    void twoClientsOnOneStoreNeverLeadItTwoWays() {
        LightClient second = new LightClient(chain.genesis(), store, Policy.USUAL);
        NodeClient interrupted = honest.beforeEachPage(() -> second.sync(List.of(honest), now));
        SyncReport report = client.sync(List.of(interrupted, honest), now);
        assertThat(report.nodes().getFirst().outcome()).isInstanceOf(NodeOutcome.Overtaken.class);
        assertThat(report.accepted()).isTrue();
        assertThat(client.head()).isEqualTo(new Height(6));
    }
}
