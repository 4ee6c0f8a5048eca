package energy.cryptometer.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapReply.Answer;
import energy.cryptometer.transport.CoapReply.Unreachable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoapRoundTripTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final Semaphore entered = new Semaphore(0);
    private CoapServer server;
    private CoapClient client;
    private NodeAddress node;

    @BeforeEach
    void start() {
        ResourceAttributes plain = ResourceAttributes.titled("for tests");
        server =
                CoapServer.bind(Bodies.anyPort(), TransportSecurity.plain(), Bodies.LIMITS)
                        .resource(
                                "/v1/body",
                                plain.type("cm.body").usedAs("cm.get").format(60).atMost(200_000),
                                CoapHandler.forGet(request ->
                                        CoapResponse.content(ContentFormats.CBOR, body(request))))
                        .resource(
                                "/v1/echo",
                                plain,
                                CoapHandler.forPost(
                                        ContentFormats.COSE_SIGN1,
                                        request ->
                                                CoapResponse.changed(
                                                        ContentFormats.COSE_SIGN1,
                                                        request.payload())))
                        .resource("/v1/whoami", plain, CoapRoundTripTest::describe)
                        .resource("/v1/old", plain, _ -> CoapResponse.created().withMaxAge(7))
                        .resource("/v1/busy", plain, _ -> CoapResponse.tooManyRequests(9))
                        .resource(
                                "/v1/broken",
                                plain,
                                _ -> {
                                    throw new IllegalStateException("a secret detail");
                                })
                        .resource("/v1/slow", plain, _ -> waitForRelease());
        server.start();
        client = new CoapClient(TransportSecurity.plain(), Bodies.LIMITS, SystemTime.CLOCKS);
        node = Bodies.node(server);
    }

    @AfterEach
    void stop() {
        release.countDown();
        client.close();
        server.close();
    }

    private static byte[] body(CoapRequest request) {
        return Bodies.bytes(Integer.parseInt(request.query().getOrDefault("bytes", "3")));
    }

    private static CoapResponse describe(CoapRequest request) {
        String text =
                request.method()
                        + " "
                        + request.path()
                        + " "
                        + request.query()
                        + " "
                        + request.peer().address().getAddress().isLoopbackAddress()
                        + " "
                        + request.peer().identity();
        return CoapResponse.content(ContentFormats.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private CoapResponse waitForRelease() {
        entered.release();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return CoapResponse.changed();
    }

    private static Answer answer(CoapReply reply) {
        assertThat(reply).isInstanceOf(Answer.class);
        return (Answer) reply;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 4096, 100_000})
    void aBodyOfAnySizeIsFetchedWhole(int bytes) {
        Answer answer = answer(client.get(node, "/v1/body?bytes=" + bytes));
        assertThat(answer.code()).isEqualTo(CoapCode.CONTENT);
        assertThat(answer.contentFormat()).isEqualTo(OptionalInt.of(ContentFormats.CBOR));
        assertThat(answer.payload()).isEqualTo(Bodies.bytes(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1024, 1025, 100_000})
    void aBodyOfAnySizeIsPostedWholeAndComesBackWhole(int bytes) {
        Answer answer =
                answer(
                        client.post(
                                node, "/v1/echo", ContentFormats.COSE_SIGN1, Bodies.bytes(bytes)));
        assertThat(answer.code()).isEqualTo(CoapCode.CHANGED);
        assertThat(answer.payload()).isEqualTo(Bodies.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/nothing, 4.04",
        "/v1, 4.04",
        "/, 4.04",
        "/v1/body/more, 4.04",
        "/v1/echo, 4.05",
        "/v1/body?bytes=1&bytes=2, 4.00",
        "/v1/body?bytes, 4.00",
        "/v1/broken, 5.00",
        "/v1/busy, 4.29",
        "/v1/old, 2.01"
    })
    void everyPathHasItsCode(String path, String code) {
        if (path.equals("/")) {
            path = "/v2";
        }
        assertThat(answer(client.get(node, path)).code()).hasToString(code);
    }

    @Test
    void aRefusalSaysWhyButAFailureGivesNothingAway() {
        assertThat(answer(client.get(node, "/v1/body?bytes=1&bytes=2")).payload())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("a query name stands twice");
        assertThat(answer(client.get(node, "/v1/broken")).payload()).isEmpty();
    }

    @Test
    void aWrongMethodOrFormatIsRefused() {
        assertThat(answer(client.post(node, "/v1/body", 60, new byte[1])).code())
                .isEqualTo(CoapCode.METHOD_NOT_ALLOWED);
        assertThat(answer(client.post(node, "/v1/echo", 60, new byte[1])).code())
                .isEqualTo(CoapCode.UNSUPPORTED_FORMAT);
    }

    @Test
    void theHandlerSeesWhoAsksForWhat() {
        assertThat(answer(client.get(node, "/v1/whoami?from=7")).payload())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("GET /v1/whoami {from=7} true Optional.empty");
    }

    @Test
    void maxAgeTravels() {
        assertThat(answer(client.get(node, "/v1/old")).maxAge()).isEqualTo(OptionalLong.of(7));
        assertThat(answer(client.get(node, "/v1/busy")).maxAge()).isEqualTo(OptionalLong.of(9));
        assertThat(answer(client.get(node, "/v1/body")).maxAge()).isEmpty();
    }

    @Test
    void theListOfResourcesCarriesTheirAttributes() {
        Answer links = answer(client.get(node, "/.well-known/core"));
        assertThat(links.contentFormat()).isEqualTo(OptionalInt.of(ContentFormats.LINK_FORMAT));
        assertThat(links.payload())
                .asString(StandardCharsets.UTF_8)
                .contains(
                        "</v1/body>",
                        "rt=\"cm.body\"",
                        "if=\"cm.get\"",
                        "ct=60",
                        "sz=200000",
                        "title=\"for tests\"")
                .doesNotContain("</v1>", "alifornium");
    }

    @ParameterizedTest
    @ValueSource(ints = {900, 1025, 50_000})
    void anOversizedRequestIsRefusedByTheServer(int limit) {
        CoapLimits small = Bodies.LIMITS.withBodies(limit, 200_000);
        try (CoapServer narrow =
                CoapServer.bind(Bodies.anyPort(), TransportSecurity.plain(), small)) {
            narrow.resource(
                    "/echo", ResourceAttributes.titled("narrow"), _ -> CoapResponse.changed());
            narrow.start();
            assertThat(
                            answer(
                                            client.post(
                                                    Bodies.node(narrow),
                                                    "/echo",
                                                    60,
                                                    Bodies.bytes(limit)))
                                    .code())
                    .isEqualTo(CoapCode.CHANGED);
            assertThat(
                            answer(
                                            client.post(
                                                    Bodies.node(narrow),
                                                    "/echo",
                                                    60,
                                                    Bodies.bytes(limit + 1)))
                                    .code())
                    .isEqualTo(CoapCode.TOO_LARGE);
        }
    }

    @Test
    void anOversizedBodyIsRefusedByTheClientInBothDirections() {
        CoapLimits small = Bodies.LIMITS.withBodies(5_000, 5_000);
        try (CoapClient narrow =
                new CoapClient(TransportSecurity.plain(), small, SystemTime.CLOCKS)) {
            assertThatThrownBy(() -> narrow.post(node, "/v1/echo", 18, Bodies.bytes(5_001)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("body is 5001 bytes, the limit is 5000");
            assertThat(answer(narrow.get(node, "/v1/body?bytes=5000")).payload()).hasSize(5000);
            assertThat(narrow.get(node, "/v1/body?bytes=50000")).isInstanceOf(Unreachable.class);
            assertThat(narrow.get(node, "/v1/body?bytes=5001")).isInstanceOf(Unreachable.class);
            assertThat(answer(narrow.get(node, "/v1/body?bytes=10")).payload()).hasSize(10);
        }
    }

    @Test
    void anAnswerAboveTheServersOwnLimitIsItsFailure() {
        assertThat(answer(client.get(node, "/v1/body?bytes=200001")).code())
                .isEqualTo(CoapCode.INTERNAL_SERVER_ERROR);
    }

    @Test
    void everyDatagramIsCountedOnBothSides() {
        TrafficCount before = client.traffic();
        assertThat(before).isEqualTo(new TrafficCount(0, 0, 0, 0));
        assertThat(answer(client.get(node, "/v1/body?bytes=100000")).payload()).hasSize(100_000);
        TrafficCount asked = client.traffic().since(before);
        assertThat(asked.receivedMessages()).isGreaterThanOrEqualTo(98);
        assertThat(asked.receivedBytes()).isBetween(100_000L, 104_000L);
        assertThat(asked.sentMessages()).isGreaterThanOrEqualTo(98);
        TrafficCount served = server.traffic();
        assertThat(served.sentBytes()).isGreaterThanOrEqualTo(asked.receivedBytes());
        assertThat(served.receivedMessages()).isLessThanOrEqualTo(asked.sentMessages());
    }

    @Test
    void aSlowAnswerIsAcknowledgedFirstAndTheRequestIsNotHandledTwice()
            throws InterruptedException {
        Thread releaser =
                Thread.startVirtualThread(() -> {
                    entered.acquireUninterruptibly();
                    // Past the client's first retransmission, had there been one.
                    while (server.traffic().sentMessages() == 0) {
                        Thread.onSpinWait();
                    }
                    release.countDown();
                });
        assertThat(answer(client.post(node, "/v1/slow", 60, new byte[1])).code())
                .isEqualTo(CoapCode.CHANGED);
        releaser.join();
        assertThat(entered.availablePermits()).isZero();
    }

    @Test
    void moreRequestsThanTheServerWorksOnGetUnavailable() throws InterruptedException {
        CoapLimits tight = Bodies.LIMITS.withCrowd(4, 64, 1);
        int waiting = 16;
        try (CoapServer busy =
                CoapServer.bind(Bodies.anyPort(), TransportSecurity.plain(), tight)) {
            busy.resource("/slow", ResourceAttributes.titled("slow"), _ -> waitForRelease());
            busy.start();
            try (CoapCrowd crowd = new CoapCrowd(Bodies.node(busy), "/slow", waiting + 2)) {
                assertThat(crowd.firstReply().code()).isEqualTo(CoapCode.UNAVAILABLE);
                release.countDown();
                assertThat(crowd.remainingReplies())
                        .hasSize(waiting + 1)
                        .allMatch(a -> a.code() == CoapCode.CHANGED);
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsAnAnswerInBoundedTime() {
        server.close();
        try (CoapClient hasty =
                new CoapClient(
                        TransportSecurity.plain(),
                        Bodies.LIMITS.withTimeout(Duration.ofMillis(300)),
                        SystemTime.CLOCKS)) {
            assertThat(hasty.get(node, "/v1/body"))
                    .isEqualTo(new Unreachable(node + ": no answer within 300 ms"));
            assertThat(hasty.get(new NodeAddress("no-such-host.invalid", 5683), "/x"))
                    .isInstanceOfSatisfying(
                            Unreachable.class,
                            u ->
                                    assertThat(u.why())
                                            .startsWith("coap://no-such-host.invalid:5683"));
        }
    }

    @Test
    void anAddressThatNeedsDtlsIsNotCalledInTheClear() {
        NodeAddress secured = new NodeAddress(NodeAddress.Scheme.COAPS, node.host(), node.port());
        assertThat(client.get(secured, "/v1/body"))
                .isEqualTo(
                        new Unreachable(
                                secured
                                        + " needs CoAP over DTLS, this program speaks plain CoAP"
                                        + " only"));
        assertThat(client.traffic()).isEqualTo(new TrafficCount(0, 0, 0, 0));
    }

    @Test
    void aServerThatComesBackOnItsPortIsFoundAgain() {
        assertThat(answer(client.get(node, "/v1/body")).payload()).hasSize(3);
        server.close();
        try (CoapServer second =
                CoapServer.bind(server.address(), TransportSecurity.plain(), Bodies.LIMITS)) {
            second.resource(
                    "/v1/body", ResourceAttributes.titled("again"), _ -> CoapResponse.created());
            second.start();
            assertThat(answer(client.get(node, "/v1/body")).code()).isEqualTo(CoapCode.CREATED);
        }
    }

    @Test
    void aPortInUseIsNamedInOneLine() {
        assertThatThrownBy(() ->
                        CoapServer.bind(server.address(), TransportSecurity.plain(), Bodies.LIMITS))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("port " + server.address().getPort() + " on ")
                .hasMessageContaining("in use")
                .hasMessageNotContaining("\n");
    }

    @Test
    void noConfigurationFileIsWritten() {
        assertThat(Path.of("Californium3.properties")).doesNotExist();
    }
}
