package energy.cryptometer.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Serves resources over CoAP on one UDP socket: block-wise in both directions (RFC 7959),
/// observable (RFC 7641), listed in `/.well-known/core` (RFC 6690).
///
/// An oversized request gets 4.13 with Size1, an unknown path 4.04, a repeated or malformed query
/// 4.00, and too many requests at once 5.03: all before a handler sees them. All threads are
/// daemons.
public final class CoapServer implements AutoCloseable {
    private static final int WAITING_PER_HANDLER = 16;
    private static final long IDLE_THREAD_SECONDS = 30;

    private final CoapLimits limits;
    private final InetSocketAddress address;
    private final Californium californium;
    private final ResourceTree tree;
    private final ThreadPoolExecutor workers;
    private final Map<String, ServedResource> resources = new ConcurrentHashMap<>();

    private CoapServer(DatagramSocket bound, CoapLimits limits) {
        this.limits = limits;
        this.address = (InetSocketAddress) bound.getLocalSocketAddress();
        this.californium = new Californium(bound, limits, limits.maxRequestBody(), OneWay.server());
        this.tree = new ResourceTree(californium.configuration(), californium.endpoint());
        this.workers =
                new ThreadPoolExecutor(
                        limits.maxHandlers(),
                        limits.maxHandlers(),
                        IDLE_THREAD_SECONDS,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(limits.maxHandlers() * WAITING_PER_HANDLER),
                        Thread.ofPlatform().daemon().name("coap-handler-", 0).factory());
        workers.allowCoreThreadTimeOut(true);
    }

    /// Takes the port (0: any free one) and answers nobody yet. Throws [TransportException] if the
    /// port is in use.
    @SuppressWarnings("resource") // the socket lives in the server that is returned
    public static CoapServer bind(InetSocketAddress address, CoapLimits limits) {
        try {
            return new CoapServer(new DatagramSocket(address), limits);
        } catch (BindException e) {
            throw new TransportException(
                    "port "
                            + address.getPort()
                            + " on "
                            + address.getHostString()
                            + " is in use or not ours ("
                            + e.getMessage()
                            + "); stop the other program or choose another port",
                    e);
        } catch (SocketException e) {
            throw new TransportException(
                    "no socket on " + address.getHostString() + ": " + e.getMessage(), e);
        }
    }

    /// Serves a path such as `/v1/blocks`. Add all before [#start].
    public CoapServer resource(String path, ResourceAttributes attributes, CoapHandler handler) {
        ResourcePath parsed = ResourcePath.parse(path);
        if (!parsed.query().isEmpty()) {
            throw new IllegalArgumentException("path " + path + " must not hold a query");
        }
        Workshop workshop = new Workshop(limits, workers, californium.timers());
        ServedResource resource =
                new ServedResource(parsed, handler, workshop).describe(attributes);
        tree.hang(parsed, resource);
        resources.put(parsed.path(), resource);
        return this;
    }

    /// Starts to answer.
    public void start() {
        try {
            californium.endpoint().start();
        } catch (IOException e) {
            throw new TransportException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /// Tells the observers of a path that it would now be answered differently.
    public void changed(String path) {
        ServedResource resource = resources.get(path);
        if (resource == null) {
            throw new IllegalArgumentException("no resource " + path);
        }
        resource.stateChanged();
    }

    /// The address it really listens on.
    public InetSocketAddress address() {
        return address;
    }

    /// All datagrams so far.
    public TrafficCount traffic() {
        return californium.traffic();
    }

    /// Frees the port at once. Requests at work get no answer.
    @Override
    public void close() {
        californium.close();
        var _ = workers.shutdownNow();
    }

    /// What every resource of a server works with.
    record Workshop(CoapLimits limits, Executor workers, ScheduledExecutorService timers) {}
}
