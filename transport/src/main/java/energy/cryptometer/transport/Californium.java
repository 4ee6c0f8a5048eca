package energy.cryptometer.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;

/// The one place that sets Californium up: one UDP endpoint with its own daemon threads.
final class Californium implements AutoCloseable {
    /// A block of RFC 7959, and the largest body that goes without blocks.
    static final int BLOCK_BYTES = 1024;

    /// Datagrams and timers that may wait for a protocol thread.
    private static final int MAX_WAITING = 20_000;

    /// Messages kept per peer to answer a repetition with the same bytes (RFC 7252 4.2).
    private static final int REMEMBERED_PER_PEER = 64;

    private static final int PROTOCOL_THREADS = 2;
    private static final AtomicInteger COUNT = new AtomicInteger();

    /// Held here because a logger nobody holds forgets its level.
    private static final Logger NOISE = Logger.getLogger("org.eclipse.californium");

    static {
        if (NOISE.getLevel() == null) {
            NOISE.setLevel(Level.WARNING);
        }
    }

    private final Configuration configuration;
    private final ScheduledThreadPoolExecutor protocol;
    private final ScheduledThreadPoolExecutor timers;
    private final CountingConnector connector;
    private final CoapEndpoint endpoint;

    /// What one side does and the other does not.
    enum Role {
        CLIENT,
        SERVER
    }

    /// Opens the socket; what comes is dropped until the endpoint is started.
    ///
    /// @param address port 0 for any free one
    Californium(InetSocketAddress address, TransportSecurity security, CoapLimits limits, Role role)
            throws IOException {
        int number = COUNT.incrementAndGet();
        configuration = configuration(limits, role);
        protocol = threads("coap-" + number + "-protocol", PROTOCOL_THREADS);
        timers = threads("coap-" + number + "-timers", 1);
        connector =
                new CountingConnector(
                        connector(address, security, configuration),
                        () -> protocol.getQueue().size() > MAX_WAITING);
        endpoint =
                CoapEndpoint.builder()
                        .setConfiguration(configuration)
                        .setConnector(connector)
                        .build();
        endpoint.setExecutors(protocol, timers);
        endpoint.addInterceptor(new RoleFilter(role));
        try {
            connector.start();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static Connector connector(
            InetSocketAddress address, TransportSecurity security, Configuration configuration) {
        return switch (security) {
            case TransportSecurity.Plain _ -> new UDPConnector(address, configuration);
        };
    }

    private static Configuration configuration(CoapLimits limits, Role role) {
        int maxBody =
                switch (role) {
                    case CLIENT -> limits.sizes().response();
                    case SERVER -> limits.sizes().request();
                };
        return new Configuration(
                        CoapConfig.DEFINITIONS, UdpConfig.DEFINITIONS, SystemConfig.DEFINITIONS)
                .set(CoapConfig.PREFERRED_BLOCK_SIZE, BLOCK_BYTES)
                .set(CoapConfig.MAX_MESSAGE_SIZE, BLOCK_BYTES)
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, maxBody)
                .set(CoapConfig.BLOCKWISE_STATUS_LIFETIME, 60, TimeUnit.SECONDS)
                .set(CoapConfig.MAX_ACTIVE_PEERS, limits.crowd().peers())
                .set(CoapConfig.MAX_SERVER_OBSERVES, limits.crowd().observers())
                .set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP)
                .set(CoapConfig.PEERS_MARK_AND_SWEEP_MESSAGES, REMEMBERED_PER_PEER)
                .set(UdpConfig.UDP_DATAGRAM_SIZE, limits.sizes().message())
                .set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1)
                .set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1);
    }

    private static ScheduledThreadPoolExecutor threads(String name, int count) {
        ScheduledThreadPoolExecutor threads =
                new ScheduledThreadPoolExecutor(
                        count, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
        threads.setRemoveOnCancelPolicy(true);
        return threads;
    }

    Configuration configuration() {
        return configuration;
    }

    CoapEndpoint endpoint() {
        return endpoint;
    }

    ScheduledThreadPoolExecutor protocol() {
        return protocol;
    }

    ScheduledThreadPoolExecutor timers() {
        return timers;
    }

    /// The address it really listens on.
    InetSocketAddress address() {
        return connector.getAddress();
    }

    TrafficCount traffic() {
        return connector.traffic();
    }

    @Override
    public void close() {
        endpoint.destroy();
        var _ = protocol.shutdownNow();
        var _ = timers.shutdownNow();
    }
}
