package energy.cryptometer.fullnode.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.rule.ScriptedMeter;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapCode;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.CoapReply;
import energy.cryptometer.transport.ContentFormats;
import energy.cryptometer.transport.TransportSecurity;
import energy.cryptometer.transport.message.Resources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bytes that are no batch, sent to a real node: each is refused with a reason, nothing of it is
/// kept, and the honest batch is taken afterwards.
class HostileSubmissionTest {
    @TempDir private Path folder;
    private TestNode node;
    private byte[] honest;
    private List<SignedTransaction> pulses;

    @BeforeEach
    void start() {
        node = TestNode.in(folder);
        node.clock.set(SmallCommunity.ORIGIN.plusSeconds(60));
        ScriptedMeter meter = new ScriptedMeter(node.genesis, node.community.meterA);
        pulses = meter.pulses(5, SmallCommunity.ORIGIN.plusSeconds(1), 1_000);
        honest = new Batch(pulses).encode();
    }

    @AfterEach
    void stop() {
        assertThat(node.node().mempool().size()).as("nothing of it is kept").isZero();
        node.submit(pulses);
        assertThat(node.node().mempool().size()).isEqualTo(5);
        node.close();
    }

    private CoapReply.Answer post(byte[] body) {
        CoapReply reply =
                node.coap.post(node.address(), Resources.SUBMIT, ContentFormats.CBOR, body);
        assertThat(reply).isInstanceOf(CoapReply.Answer.class);
        return (CoapReply.Answer) reply;
    }

    private static void isRefused(CoapReply.Answer answer, CoapCode code) {
        assertThat(answer.code()).isEqualTo(code);
        assertThat(new String(answer.payload(), StandardCharsets.UTF_8))
                .as("one line that says why")
                .isNotBlank()
                .doesNotContain("Exception", "\n");
    }

    @Test
    void aBatchThatIsCutAnywhereIsRefused() {
        for (int length = 0; length < honest.length; length += 7) {
            isRefused(post(Arrays.copyOf(honest, length)), CoapCode.BAD_REQUEST);
        }
    }

    @Test
    void aBatchWithSomethingBehindItIsRefused() {
        isRefused(post(Arrays.copyOf(honest, honest.length + 1)), CoapCode.BAD_REQUEST);
    }

    @Test
    void anotherSpellingOfTheSameBatchIsRefused() {
        byte[] indefinite = Arrays.copyOf(honest, honest.length + 1);
        indefinite[0] = (byte) 0x9f;
        indefinite[honest.length] = (byte) 0xff;
        isRefused(post(indefinite), CoapCode.BAD_REQUEST);
        byte[] longHead = new byte[honest.length + 1];
        longHead[0] = (byte) 0x98;
        longHead[1] = (byte) (honest[0] & 0x1f);
        System.arraycopy(honest, 1, longHead, 2, honest.length - 1);
        isRefused(post(longHead), CoapCode.BAD_REQUEST);
    }

    @Test
    void aBatchThatIsTooLargeIsRefusedWithoutBeingRead() {
        assertThat(post(new byte[Resources.MAX_SUBMISSION_BYTES]).code())
                .isEqualTo(CoapCode.BAD_REQUEST);
        try (var wide =
                new CoapClient(TransportSecurity.plain(), CoapLimits.USUAL, SystemTime.CLOCKS)) {
            CoapReply reply =
                    wide.post(
                            node.address(),
                            Resources.SUBMIT,
                            ContentFormats.CBOR,
                            new byte[Resources.MAX_SUBMISSION_BYTES + 1]);
            assertThat(((CoapReply.Answer) reply).code()).isEqualTo(CoapCode.TOO_LARGE);
        }
    }

    @Test
    void anotherFormatThanCborIsRefused() {
        CoapReply reply = node.coap.post(node.address(), Resources.SUBMIT, 50, honest);
        assertThat(((CoapReply.Answer) reply).code()).isEqualTo(CoapCode.UNSUPPORTED_FORMAT);
    }

    /// A flipped bit spoils the form, the chain, the rules or a signature; it is never taken.
    @Test
    void noFlippedBitPasses() {
        Seeds.forAll(
                200,
                random -> {
                    byte[] flipped = honest.clone();
                    int bit = random.nextInt(8 * honest.length);
                    flipped[bit / 8] ^= (byte) (1 << bit % 8);
                    CoapReply.Answer answer = post(flipped);
                    assertThat(answer.code().toString()).startsWith("4.");
                });
    }

    @Test
    void noNoisePasses() {
        Seeds.forAll(
                100,
                random -> {
                    byte[] noise = new byte[random.nextInt(2_000)];
                    random.nextBytes(noise);
                    isRefused(post(noise), CoapCode.BAD_REQUEST);
                });
    }
}
