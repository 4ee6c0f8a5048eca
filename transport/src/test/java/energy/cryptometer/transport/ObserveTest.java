package energy.cryptometer.transport;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapReply.Answer;
import energy.cryptometer.transport.CoapReply.Unreachable;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ObserveTest {
    private final AtomicInteger height = new AtomicInteger(1);
    private final BlockingQueue<CoapReply> seen = new LinkedBlockingQueue<>();
    private CoapServer server;
    private CoapClient client;

    @BeforeEach
    void start() {
        server = serve(Bodies.anyPort());
        client = new CoapClient(TransportSecurity.plain(), Bodies.LIMITS, SystemTime.CLOCKS);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private CoapServer serve(InetSocketAddress address) {
        CoapServer fresh =
                CoapServer.bind(address, TransportSecurity.plain(), Bodies.LIMITS)
                        .resource(
                                "/head",
                                ResourceAttributes.titled("newest height").canBeObserved(),
                                _ -> CoapResponse.content(0, text(height.get())).withMaxAge(1))
                        .resource(
                                "/large",
                                ResourceAttributes.titled("large").canBeObserved(),
                                _ -> CoapResponse.content(60, Bodies.bytes(5_000 + height.get())));
        fresh.start();
        return fresh;
    }

    private static byte[] text(int number) {
        return Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    }

    private void grow() {
        height.incrementAndGet();
        server.changed("/head");
        server.changed("/large");
    }

    private void awaitHeight(int wanted) throws InterruptedException {
        while (true) {
            if (seen.take() instanceof Answer answer
                    && new String(answer.payload(), StandardCharsets.UTF_8)
                            .equals(Integer.toString(wanted))) {
                return;
            }
        }
    }

    @Test
    void anObserverGetsTheFirstStateAndEveryLaterOne() throws Exception {
        try (AutoCloseable _ = client.observe(Bodies.node(server), "/head", seen::add)) {
            for (int n = 1; n <= 20; n++) {
                awaitHeight(n);
                grow();
            }
        }
    }

    @Test
    void manyQuickChangesEndWithTheLastState() throws Exception {
        try (AutoCloseable _ = client.observe(Bodies.node(server), "/head", seen::add)) {
            awaitHeight(1);
            for (int n = 0; n < 500; n++) {
                grow();
            }
            awaitHeight(501);
        }
    }

    @Test
    void aLargeStateIsObservedWhole() throws Exception {
        try (AutoCloseable _ = client.observe(Bodies.node(server), "/large", seen::add)) {
            for (int n = 1; n <= 3; n++) {
                byte[] wanted = Bodies.bytes(5_000 + n);
                while (!(seen.take() instanceof Answer answer
                        && Arrays.equals(answer.payload(), wanted))) {
                    Thread.onSpinWait();
                }
                grow();
            }
        }
    }

    @Test
    void moreObserversThanTheLimitStillGetTheStateByAsking() throws Exception {
        List<AutoCloseable> all = new ArrayList<>();
        for (int n = 0; n < Bodies.LIMITS.crowd().observers() + 2; n++) {
            BlockingQueue<CoapReply> own = new LinkedBlockingQueue<>();
            all.add(client.observe(Bodies.node(server), "/head", own::add));
            assertThat(own.take()).isInstanceOf(Answer.class);
        }
        for (AutoCloseable one : all) {
            one.close();
        }
    }

    @Test
    void anObservationOutlivesARestartOfTheServer() throws Exception {
        try (AutoCloseable _ = client.observe(Bodies.node(server), "/head", seen::add)) {
            awaitHeight(1);
            server.close();
            height.set(7);
            server = serve(server.address());
            awaitHeight(7);
            grow();
            awaitHeight(8);
        }
    }

    @Test
    void anObserverOfNothingIsToldSo() throws Exception {
        try (AutoCloseable _ = client.observe(Bodies.node(server), "/nothing", seen::add)) {
            assertThat(seen.take())
                    .isInstanceOfSatisfying(
                            Answer.class, a -> assertThat(a.code()).isEqualTo(CoapCode.NOT_FOUND));
        }
        try (AutoCloseable _ =
                client.observe(new NodeAddress("no-such-host.invalid", 5683), "/head", seen::add)) {
            CoapReply reply = seen.take();
            while (!(reply instanceof Unreachable)) {
                reply = seen.take();
            }
        }
    }

    @Test
    void aListenerThatFailsIsCalledAgain() throws Exception {
        try (AutoCloseable _ =
                client.observe(
                        Bodies.node(server),
                        "/head",
                        reply -> {
                            seen.add(reply);
                            throw new IllegalStateException("listener trouble, on purpose");
                        })) {
            awaitHeight(1);
            grow();
            awaitHeight(2);
        }
    }
}
