package energy.cryptometer.fullnode.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.command.Json;
import energy.cryptometer.ledger.rule.ScriptedMeter;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.CoapReply;
import energy.cryptometer.transport.ContentFormats;
import energy.cryptometer.transport.message.Resources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every resource with questions it cannot answer, and what a stranger may send.
class ResourcesTest {
    @TempDir Path folder;
    private TestNode node;

    @BeforeEach
    void start() {
        node = TestNode.in(folder);
        node.clock.set(SmallCommunity.ORIGIN.plus(Duration.ofMinutes(45)).plusSeconds(25));
        assertThat(node.closeDue()).isEqualTo(3);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/head?x=1 | 4.00 query 'x' is not known here: there is none",
                "/headers | 4.00 query from is missing",
                "/headers?from=1&count=0 | 4.00 query count=0 is outside 1 to 64",
                "/headers?from=1&count=65 | 4.00 query count=65 is outside 1 to 64",
                "/headers?from=01&count=1 | 4.00 query from=01 is no decimal number",
                "/headers?from=-1&count=1 | 4.00 query from=-1 is no decimal number",
                "/headers?from=9999999999999999999&count=1 | 4.00 query from=9999999999999999999 is"
                        + " no decimal number",
                "/block?height=0 | 4.04 no block of height 0, approved are 1 to 3",
                "/block?height=4 | 4.04 no block of height 4, approved are 1 to 3",
                "/chain?signer=00 | 4.00 query signer=00 is not 16 lowercase hexadecimal digits",
                "/chain?signer=00112233445566FF | 4.00 query signer=00112233445566FF is not 16"
                        + " lowercase hexadecimal digits",
                "/chain?signer=0011223344556677 | 4.04 0011223344556677 is no meter of this"
                        + " community",
                "/proof/chain?signer=0011223344556677&height=9 | 4.04 no block of height 9,"
                        + " approved are 1 to 3",
                "/proof/header?height=3&head=3 | 4.00 height 3 is not below head 3",
                "/proof/header?height=3&head=4 | 4.04 no block of height 4, approved are 1 to 3",
                "/nothing | 4.04 ''",
            })
    void aQuestionThatCannotBeAnsweredIsToldWhy(String path, String expected) {
        assertThat(said(path)).isEqualTo(expected.replace(" ''", " "));
    }

    @Test
    void aHeightBeyondAllStepsIsRefused() {
        assertThat(said("/block?height=999999999999999999"))
                .isEqualTo(
                        "4.00 query height=999999999999999999 is outside 0 to " + Height.MAX_VALUE);
    }

    @Test
    void whatIsNotThereIsNamed() {
        String hash = "ab".repeat(32);
        assertThat(said("/proof/tx?id=" + hash))
                .isEqualTo("4.04 no approved transaction has the id " + hash);
        assertThat(said("/state?account=" + hash)).isEqualTo("4.04 no account " + hash);
    }

    @Test
    void theGenesisIsAsItsAuthoritySignedIt() {
        assertThat(answer("/genesis").payload())
                .isEqualTo(
                        TestNode.setup(node.community, node.store(), TestNode.anyPort())
                                .signedGenesis());
    }

    @Test
    void healthIsJson() {
        CoapReply.Answer answer = answer("/health");
        assertThat(answer.contentFormat().orElseThrow()).isEqualTo(ContentFormats.JSON);
        Json health =
                Json.readObject(new String(answer.payload(), StandardCharsets.UTF_8), "health");
        assertThat(health.integer("height")).isEqualTo(3);
        assertThat(health.integer("lagSteps")).isZero();
        assertThat(health.integer("waiting")).isZero();
        assertThat(health.integer("diskFreeBytes")).isPositive();
        node.clock.advance(Duration.ofHours(1));
        assertThat(said("/health")).contains("\"lagSteps\":4");
    }

    @Test
    void theHeadIsPushedToWhoeverObservesIt() throws Exception {
        LinkedBlockingQueue<CoapReply> heads = new LinkedBlockingQueue<>();
        try (AutoCloseable _ = node.coap.observe(node.address(), Resources.HEAD, heads::add)) {
            CoapReply first = heads.poll(20, TimeUnit.SECONDS);
            assertThat(first).isInstanceOf(CoapReply.Answer.class);
            node.clock.advance(Duration.ofMinutes(15));
            assertThat(node.closeDue()).isOne();
            assertThat(heads.poll(20, TimeUnit.SECONDS)).isInstanceOf(CoapReply.Answer.class);
        }
    }

    @Test
    void aBodyInAnotherFormatOrTooLargeIsRefused() {
        assertThat(posted(ContentFormats.JSON, new byte[2])).startsWith("4.15");
        assertThat(posted(ContentFormats.CBOR, new byte[Resources.MAX_SUBMISSION_BYTES + 1]))
                .startsWith("4.13");
    }

    @Test
    void whateverIsTurnedInABatchIsRefusedAndKeepsNothing() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] good =
                new Batch(
                                new ScriptedMeter(node.genesis, node.community.meterA)
                                        .pulses(20, SmallCommunity.ORIGIN, 100))
                        .encode();
        for (int i = 0; i < 300; i++) {
            byte[] bad =
                    switch (random.nextInt(3)) {
                        case 0 -> Arrays.copyOf(good, random.nextInt(good.length));
                        case 1 -> Arrays.copyOf(good, good.length + 1 + random.nextInt(20));
                        default -> flipped(good, random.nextInt(8 * good.length));
                    };
            assertThat(posted(ContentFormats.CBOR, bad)).matches("(?s)4\\.(00|03|09|12).*");
        }
        assertThat(node.node().mempool().size()).isZero();
        assertThat(posted(ContentFormats.CBOR, good)).startsWith("2.04");
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return copy;
    }

    private String posted(int format, byte[] body) {
        return words(node.coap.post(node.address(), Resources.SUBMIT, format, body));
    }

    private CoapReply.Answer answer(String path) {
        CoapReply reply = node.coap.get(node.address(), path);
        assertThat(reply).isInstanceOf(CoapReply.Answer.class);
        return (CoapReply.Answer) reply;
    }

    private String said(String path) {
        return words(answer(path));
    }

    private static String words(CoapReply reply) {
        return switch (reply) {
            case CoapReply.Answer answer ->
                    answer.code() + " " + new String(answer.payload(), StandardCharsets.UTF_8);
            case CoapReply.Unreachable(String why) -> why;
        };
    }
}
