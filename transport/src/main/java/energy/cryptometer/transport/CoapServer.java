package energy.cryptometer.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
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

    private CoapServer(Californium californium, CoapLimits limits) {
        this.limits = limits;
        this.address = californium.address();
        this.californium = californium;
        this.tree = new ResourceTree(californium.configuration(), californium.endpoint());
        this.workers =
                new ThreadPoolExecutor(
                        limits.crowd().handlers(),
                        limits.crowd().handlers(),
                        IDLE_THREAD_SECONDS,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(limits.crowd().handlers() * WAITING_PER_HANDLER),
                        Thread.ofPlatform().daemon().name("coap-handler-", 0).factory());
        workers.allowCoreThreadTimeOut(true);
    }

    /// Takes the port (0: any free one) and answers nobody yet. Throws [TransportException] if the
    /// port is in use.
    @SuppressWarnings("resource") // the socket lives in the server that is returned
    public static CoapServer bind(
            InetSocketAddress address, TransportSecurity security, CoapLimits limits) {
        try {
            return new CoapServer(
                    new Californium(address, security, limits, Californium.Role.SERVER), limits);
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
        } catch (IOException e) {
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
        ServedResource resource =
                new ServedResource(parsed, handler, limits, workers, californium.timers())
                        .describe(attributes);
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

    /// All messages so far.
    public TrafficCount traffic() {
        return californium.traffic();
    }

    /// Frees the port at once. Requests at work get no answer.
    @Override
    public void close() {
        californium.close();
        var _ = workers.shutdownNow();
    }
}
