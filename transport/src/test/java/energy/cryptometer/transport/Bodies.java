package energy.cryptometer.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;

/// Bodies and addresses for the tests.
final class Bodies {
    static final CoapLimits LIMITS =
            CoapLimits.USUAL
                    .withBodies(120_000, 200_000)
                    .withTimeout(Duration.ofSeconds(10))
                    .withCrowd(4, 64, 4);

    private Bodies() {}

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static NodeAddress node(CoapServer server) {
        return new NodeAddress("127.0.0.1", server.address().getPort());
    }
}
