package energy.cryptometer.firmware.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.firmware.ScriptedNode;
import energy.cryptometer.firmware.WorkbenchMeter;
import energy.cryptometer.firmware.journal.SequenceRange;
import energy.cryptometer.firmware.stage.PostponedException;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapCode;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.CoapResponse;
import energy.cryptometer.transport.ContentFormats;
import energy.cryptometer.transport.NodeAddress;
import energy.cryptometer.transport.TransportSecurity;
import energy.cryptometer.transport.message.CoapNodeClient;
import energy.cryptometer.transport.message.NodeClient;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ForwardStageTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final CoapClient coap =
            new CoapClient(
                    TransportSecurity.plain(),
                    CoapLimits.USUAL.withTimeout(Duration.ofSeconds(5)),
                    SystemTime.CLOCKS);
    @TempDir private Path folder;
    private WorkbenchMeter meter;
    private ScriptedNode node;
    private ScriptedNode other;

    @BeforeEach
    void open() {
        meter = new WorkbenchMeter(folder);
        node = new ScriptedNode(meter.community.genesis.community());
        other = new ScriptedNode(meter.community.genesis.community());
    }

    @AfterEach
    void close() {
        coap.close();
        node.close();
        other.close();
        meter.close();
    }

    private ForwardStage stage(int batch, Duration linger, ScriptedNode... nodes) {
        List<NodeClient> clients = Stream.of(nodes).map(one -> one.client(coap)).toList();
        return new ForwardStage(
                meter.journal(),
                clients,
                new ForwardSettings(batch, linger),
                meter.time,
                () -> bytes(coap));
    }

    private static long bytes(CoapClient client) {
        return client.traffic().sentBytes() + client.traffic().receivedBytes();
    }

    private ForwardStage toOne() {
        return stage(10, AT_ONCE, node);
    }

    private long sent() {
        return meter.journal().cursors().sentSequence();
    }

    private static List<List<Long>> ranges(ScriptedNode node) {
        return node.received().stream()
                .map(batch -> List.of(batch.link().sequence(), batch.lastSequence()))
                .toList();
    }

    @Test
    void whatANodeTakesIsMarkedSentInBatchesAndInOrder() {
        meter.countAndSign(25);
        ForwardStage stage = toOne();
        while (stage.runOnce().isZero()) {}
        assertThat(sent()).isEqualTo(25);
        assertThat(meter.journal().counts().sent()).isEqualTo(25);
        assertThat(ranges(node))
                .containsExactly(List.of(1L, 10L), List.of(11L, 20L), List.of(21L, 25L));
    }

    @Test
    void aMessageWhoseAnswerIsLostIsSentAgainAndTakenOnce() {
        meter.countAndSign(5);
        CountDownLatch never = new CountDownLatch(1);
        node.next(batch -> {
            CoapResponse answer = node.honest(batch);
            awaitQuietly(never);
            return answer;
        });
        try (CoapClient hasty =
                new CoapClient(
                        TransportSecurity.plain(),
                        CoapLimits.USUAL.withTimeout(Duration.ofMillis(300)),
                        SystemTime.CLOCKS)) {
            ForwardStage stage =
                    new ForwardStage(
                            meter.journal(),
                            List.of(node.client(hasty)),
                            new ForwardSettings(10, AT_ONCE),
                            meter.time,
                            () -> bytes(hasty));
            assertThatThrownBy(stage::runOnce)
                    .hasMessage(node.address() + ": no answer within 300 ms");
            assertThat(sent()).isZero();
        }
        never.countDown();
        assertThat(toOne().runOnce()).isZero();
        assertThat(sent()).isEqualTo(5);
        assertThat(ranges(node)).containsExactly(List.of(1L, 5L), List.of(1L, 5L));
        assertThat(node.has()).isEqualTo(5);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aNodeThatForgotIsGivenTheMissingPartAgain() {
        meter.countAndSign(10);
        ForwardStage stage = toOne();
        assertThat(stage.runOnce()).isZero();
        node.has(4);
        meter.countAndSign(3);
        assertThat(stage.runOnce()).as("refused, asks where the chain stands").isZero();
        assertThat(sent()).isEqualTo(4);
        assertThat(stage.runOnce()).isZero();
        assertThat(sent()).isEqualTo(13);
        assertThat(ranges(node).getLast()).containsExactly(5L, 13L);
    }

    @Test
    void whatIsProvenIsNeverSentAgain() {
        meter.countAndSign(10);
        ForwardStage stage = toOne();
        assertThat(stage.runOnce()).isZero();
        meter.journal().markProven(List.of(new SequenceRange(TransactionType.GENERATION, 1, 6)));
        node.has(0);
        meter.countAndSign(1);
        assertThat(stage.runOnce()).isZero();
        assertThat(sent()).isEqualTo(6);
        assertThatThrownBy(stage::runOnce)
                .as("a node without the proven past cannot be helped by this meter")
                .hasMessage(
                        "%s refused sequences 7 to 11: 4.12 sequence 7, expected 1"
                                .formatted(node.address()));
        assertThat(sent()).isEqualTo(6);
    }

    @Test
    void aNodeThatRefusesWhatItAskedForIsLeft() {
        meter.countAndSign(3);
        ForwardStage stage = stage(10, AT_ONCE, node, other);
        node.refuses(CoapCode.PRECONDITION_FAILED, "gap")
                .refuses(CoapCode.PRECONDITION_FAILED, "gap");
        assertThat(stage.runOnce()).isZero();
        assertThatThrownBy(stage::runOnce).hasMessageContaining("4.12 gap");
        assertThat(stage.runOnce()).isZero();
        assertThat(other.has()).isEqualTo(3);
    }

    @Test
    void aMessageThatIsTooLargeIsHalvedAndStaysSmall() {
        meter.countAndSign(20);
        node.takesAtMost(2);
        ForwardStage stage = toOne();
        while (stage.runOnce().isZero()) {}
        assertThat(sent()).isEqualTo(20);
        List<Integer> sizes =
                node.received().stream().map(batch -> batch.transactions().size()).toList();
        assertThat(sizes.subList(sizes.indexOf(2), sizes.size())).hasSize(10).containsOnly(2);
        assertThat(sizes).startsWith(10).contains(5);
    }

    @Test
    void aSingleTransactionThatIsTooLargeForANodeGoesToTheNext() {
        meter.countAndSign(1);
        node.takesAtMost(0);
        ForwardStage stage = stage(1, AT_ONCE, node, other);
        assertThatThrownBy(stage::runOnce)
                .hasMessage(
                        "%s refused sequences 1 to 1: 4.13 at most 0".formatted(node.address()));
        assertThat(stage.runOnce()).isZero();
        assertThat(other.has()).isEqualTo(1);
    }

    @Test
    void theOnlyNodeIsWaitedForAsLongAsItSays() {
        meter.countAndSign(1);
        node.next(_ -> CoapResponse.tooManyRequests(9)).next(_ -> CoapResponse.unavailable(7));
        node.next(_ -> CoapResponse.unavailable(0)).next(_ -> CoapResponse.unavailable(86_400));
        ForwardStage stage = toOne();
        for (int seconds : new int[] {9, 7, 1, 60}) {
            assertThatThrownBy(stage::runOnce)
                    .isInstanceOfSatisfying(
                            PostponedException.class,
                            postponed -> assertThat(postponed.pause()).hasSeconds(seconds));
        }
        assertThat(stage.runOnce()).isZero();
        assertThat(sent()).isEqualTo(1);
    }

    @Test
    void aFullNodeIsNotWaitedForWhereThereIsAnother() {
        meter.countAndSign(1);
        node.next(_ -> CoapResponse.tooManyRequests(9));
        ForwardStage stage = stage(10, AT_ONCE, node, other);
        assertThatThrownBy(stage::runOnce).hasMessageContaining("4.29");
        assertThat(stage.runOnce()).isZero();
        assertThat(other.has()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "CONFLICT", "BAD_REQUEST", "NOT_FOUND"})
    void aRefusalIsOneLineAndTheNextNodeIsTried(CoapCode code) {
        meter.countAndSign(2);
        node.refuses(code, "sequence 1:\nanother hash");
        ForwardStage stage = stage(10, AT_ONCE, node, other);
        assertThatThrownBy(stage::runOnce)
                .hasMessage(
                        "%s refused sequences 1 to 2: %s sequence 1: another hash"
                                .formatted(node.address(), code));
        assertThat(stage.runOnce()).isZero();
        assertThat(other.has()).isEqualTo(2);
        assertThat(node.has()).isZero();
    }

    @Test
    void anAnswerThatIsNotOfTheProtocolIsNotBelieved() {
        meter.countAndSign(2);
        node.next(_ -> CoapResponse.changed(ContentFormats.CBOR, new byte[] {(byte) 0x9f, 1}));
        ForwardStage stage = stage(10, AT_ONCE, node, other);
        assertThatThrownBy(stage::runOnce).hasMessageStartingWith(node.address() + ": ");
        assertThat(sent()).isZero();
        assertThat(stage.runOnce()).isZero();
        assertThat(other.has()).isEqualTo(2);
    }

    @Test
    void aNodeThatClaimsMoreThanItWasSentMovesTheCursorOnlyOverWhatWasSent() {
        meter.countAndSign(20);
        node.next(_ -> ScriptedNode.taken(1_000_000));
        assertThat(toOne().runOnce()).isZero();
        assertThat(sent()).isEqualTo(10);
    }

    @Test
    void aNodeThatTakesNothingAndCallsItTakenIsLeft() {
        meter.countAndSign(20);
        node.next(_ -> ScriptedNode.taken(0));
        ForwardStage stage = stage(10, AT_ONCE, node, other);
        assertThatThrownBy(stage::runOnce)
                .hasMessage(
                        "%s has taken sequences up to 0 of a message with 1 to 10"
                                .formatted(node.address()));
        assertThat(sent()).isZero();
        assertThat(stage.runOnce()).isZero();
        assertThat(other.has()).isEqualTo(10);
    }

    @Test
    void aNodeThatTakesAPartIsGivenTheRest() {
        meter.countAndSign(10);
        node.next(_ -> {
            node.has(4);
            return ScriptedNode.taken(4);
        });
        ForwardStage stage = toOne();
        while (stage.runOnce().isZero()) {}
        assertThat(ranges(node)).containsExactly(List.of(1L, 10L), List.of(5L, 10L));
        assertThat(stage.wire().pulses()).isEqualTo(10);
    }

    @Test
    void aNodeThatAsksForAGapAndClaimsToHaveMoreThanWasSentIsLeft() {
        meter.countAndSign(20);
        node.refuses(CoapCode.PRECONDITION_FAILED, "gap");
        node.claims(1_000);
        ForwardStage stage = stage(10, AT_ONCE, node, other);
        assertThatThrownBy(stage::runOnce)
                .hasMessage(
                        "%s says it has this meter's sequences up to 1000, sent are 1 to 0"
                                .formatted(node.address()));
        assertThat(sent()).isZero();
        while (stage.runOnce().isZero()) {}
        assertThat(other.has()).isEqualTo(20);
    }

    @Test
    void aSilentNodeIsLeftForTheNext() throws SocketException {
        meter.countAndSign(2);
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                CoapClient hasty =
                        new CoapClient(
                                TransportSecurity.plain(),
                                CoapLimits.USUAL.withTimeout(Duration.ofMillis(300)),
                                SystemTime.CLOCKS)) {
            NodeAddress address = new NodeAddress("127.0.0.1", silent.getLocalPort());
            NodeClient nobody =
                    new CoapNodeClient(hasty, address, meter.community.genesis.community());
            ForwardStage stage =
                    new ForwardStage(
                            meter.journal(),
                            List.of(nobody, other.client(coap)),
                            new ForwardSettings(10, AT_ONCE),
                            meter.time,
                            () -> bytes(coap));
            assertThatThrownBy(stage::runOnce).hasMessage(address + ": no answer within 300 ms");
            assertThat(stage.runOnce()).isZero();
        }
        assertThat(other.has()).isEqualTo(2);
    }

    @Test
    void aMessageThatIsNotFullWaitsForMorePulses() {
        meter.countAndSign(3);
        ForwardStage stage = stage(10, FOR_EVER, node);
        assertThat(stage.runOnce()).isPositive();
        assertThat(node.received()).isEmpty();
        meter.countAndSign(7);
        assertThat(stage.runOnce()).isZero();
        assertThat(ranges(node)).containsExactly(List.of(1L, 10L));
    }

    @Test
    void aTransferIsNeverHeldBack() {
        meter.countAndSign(3);
        ForwardStage stage = stage(10, FOR_EVER, node);
        assertThat(stage.runOnce()).isPositive();
        meter.endStep();
        assertThat(stage.runOnce()).isZero();
        assertThat(node.received().getLast().transactions().getLast().content().type())
                .isEqualTo(TransactionType.TRANSFER);
        assertThat(sent()).isEqualTo(4);
    }

    @Test
    void theBytesOfWhatWasTakenAreCounted() {
        meter.countAndSign(15);
        ForwardStage stage = toOne();
        while (stage.runOnce().isZero()) {}
        Batch full = node.received().getFirst();
        Batch rest = node.received().getLast();
        ForwardTraffic wire = stage.wire();
        assertThat(wire.pulses()).isEqualTo(15);
        assertThat(wire.fullBatchPulses()).isEqualTo(10);
        assertThat(wire.fullBatchBytes()).isGreaterThan(full.encode().length);
        assertThat(wire.bytes())
                .isEqualTo(coap.traffic().sentBytes() + coap.traffic().receivedBytes())
                .isGreaterThan(full.encode().length + rest.encode().length);
    }
}
