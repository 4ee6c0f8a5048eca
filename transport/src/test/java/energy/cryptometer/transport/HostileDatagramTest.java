package energy.cryptometer.transport;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapReply.Answer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What arrives on an open port from people who do not speak CoAP, or too well.
class HostileDatagramTest {
    private static final InetSocketAddress ANY = Bodies.anyPort();

    @Test
    void noiseAndMutilatedRequestsLeaveTheServerAtWork() throws IOException {
        long seed = Long.getLong("seed", 20261122L);
        Random random = new Random(seed);
        try (CoapServer server = server();
                DatagramSocket socket = new DatagramSocket(ANY);
                CoapClient client =
                        new CoapClient(
                                TransportSecurity.plain(), Bodies.LIMITS, SystemTime.CLOCKS)) {
            for (int n = 0; n < 3_000; n++) {
                send(socket, server, n % 2 == 0 ? noise(random) : almost(random));
            }
            send(socket, server, new byte[60_000]);
            assertThat(client.get(Bodies.node(server), "/x"))
                    .as("seed %d", seed)
                    .isInstanceOfSatisfying(
                            Answer.class, a -> assertThat(a.code()).isEqualTo(CoapCode.CONTENT));
        }
    }

    @Test
    void anUnknownCriticalOptionAProxyAndAPreconditionAreRefused() throws IOException {
        try (CoapServer server = server();
                DatagramSocket socket = new DatagramSocket(ANY)) {
            assertThat(ask(socket, server, 25, "")).isEqualTo(CoapCode.BAD_OPTION.value());
            assertThat(ask(socket, server, 35, "coap://x/"))
                    .isEqualTo(CoapCode.PROXY_NOT_SUPPORTED.value());
            assertThat(ask(socket, server, 1, "tag")).isEqualTo(CoapCode.BAD_OPTION.value());
        }
    }

    private static CoapServer server() {
        CoapServer server =
                CoapServer.bind(ANY, TransportSecurity.plain(), Bodies.LIMITS)
                        .resource(
                                "/x",
                                ResourceAttributes.titled("x"),
                                _ -> CoapResponse.content(0, new byte[1]));
        server.start();
        return server;
    }

    private static void send(DatagramSocket socket, CoapServer server, byte[] bytes)
            throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, server.address()));
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    /// GET /x with a few bytes changed.
    private static byte[] almost(Random random) {
        byte[] bytes = {0x40, 1, 0, 0, (byte) 0xb1, 'x', (byte) 0xff, 1, 2, 3};
        for (int n = 0; n < 3; n++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /// The code of the answer to a GET with one option.
    private static int ask(DatagramSocket socket, CoapServer server, int option, String value)
            throws IOException {
        int header = option < 13 ? 4 + 1 : 4 + 2;
        byte[] bytes = new byte[header + value.length()];
        bytes[0] = 0x40;
        bytes[1] = 1;
        bytes[3] = (byte) option;
        bytes[4] = (byte) (Math.min(option, 13) << 4 | value.length());
        if (option >= 13) {
            bytes[5] = (byte) (option - 13);
        }
        for (int i = 0; i < value.length(); i++) {
            bytes[header + i] = (byte) value.charAt(i);
        }
        send(socket, server, bytes);
        socket.setSoTimeout(10_000);
        DatagramPacket answer = new DatagramPacket(new byte[1500], 1500);
        socket.receive(answer);
        return answer.getData()[1] & 0xff;
    }
}
