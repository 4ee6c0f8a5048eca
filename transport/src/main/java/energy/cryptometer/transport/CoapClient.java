package energy.cryptometer.transport;

import energy.cryptometer.timing.TimeSource;
import energy.cryptometer.transport.CoapReply.Unreachable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.elements.AddressEndpointContext;

/// Calls nodes over CoAP from one UDP socket. Safe to use from many threads; one request at a time
/// is under way to each node (RFC 7252 4.7, NSTART = 1), the others wait for their turn within
/// their own time limit.
public final class CoapClient implements AutoCloseable {
    private static final int TURNS = 64;
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(0);

    private final CoapLimits limits;
    private final TransportSecurity security;
    private final TimeSource time;
    private final Californium californium;
    private final ReentrantLock[] turns =
            Stream.generate(ReentrantLock::new).limit(TURNS).toArray(ReentrantLock[]::new);
    private final Set<Observation> observations = ConcurrentHashMap.newKeySet();

    /// Takes any free port. Throws [TransportException] if there is no socket to be had.
    public CoapClient(TransportSecurity security, CoapLimits limits, TimeSource time) {
        this.limits = limits;
        this.security = security;
        this.time = time;
        try {
            this.californium = new Californium(ANY_PORT, security, limits, Californium.Role.CLIENT);
            californium.endpoint().start();
        } catch (IOException e) {
            throw new TransportException("no UDP socket: " + e.getMessage(), e);
        }
    }

    /// Fetches what a path such as `/v1/blocks?from=7` shows.
    public CoapReply get(NodeAddress node, String pathAndQuery) {
        return call(node, request(CoAP.Code.GET, pathAndQuery));
    }

    /// Hands a body over. A body above [CoapLimits.Sizes#request] is an [IllegalArgumentException]:
    /// the caller must cut it.
    public CoapReply post(NodeAddress node, String path, int contentFormat, byte[] body) {
        if (body.length > limits.sizes().request()) {
            throw new IllegalArgumentException(
                    "body is " + body.length + " bytes, the limit is " + limits.sizes().request());
        }
        Request request = request(CoAP.Code.POST, path);
        request.getOptions().setContentFormat(contentFormat);
        request.setPayload(body);
        return call(node, request);
    }

    /// Hands the present state and each later one to `listener`, on a thread of its own, in order;
    /// states that come faster than it takes them may be skipped, the last one never. Losses of the
    /// node are told as [Unreachable] and retried with growing, jittered pauses until the result is
    /// closed.
    public AutoCloseable observe(NodeAddress node, String path, Consumer<CoapReply> listener) {
        ResourcePath parsed = ResourcePath.parse(path);
        Observation observation =
                new Observation(
                        californium, limits, new Observation.Target(node, parsed, listener));
        observations.add(observation);
        observation.start();
        return () -> {
            observations.remove(observation);
            observation.close();
        };
    }

    /// All messages so far.
    public TrafficCount traffic() {
        return californium.traffic();
    }

    @Override
    public void close() {
        observations.forEach(Observation::close);
        californium.close();
    }

    private static Request request(CoAP.Code code, String pathAndQuery) {
        Request request = new Request(code);
        ResourcePath.parse(pathAndQuery).writeTo(request.getOptions());
        return request;
    }

    private CoapReply call(NodeAddress node, Request request) {
        Optional<String> refusal = security.refusal(node);
        if (refusal.isPresent()) {
            return new Unreachable(refusal.get());
        }
        long start = time.nanoTime();
        ReentrantLock turn = turns[Math.floorMod(node.hashCode(), TURNS)];
        try {
            InetSocketAddress address = NameService.lookUp(node, limits.timeout());
            if (!turn.tryLock(left(start).toNanos(), TimeUnit.NANOSECONDS)) {
                return new Unreachable(node + ": earlier requests took all the time");
            }
            try {
                return exchange(node, address, request, start);
            } finally {
                turn.unlock();
            }
        } catch (UnknownHostException e) {
            return new Unreachable(node + ": " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Unreachable(node + ": interrupted");
        }
    }

    /// What is left of the time for a call.
    private Duration left(long start) {
        return limits.timeout().minus(time.since(start));
    }

    private CoapReply exchange(
            NodeAddress node, InetSocketAddress address, Request request, long start)
            throws InterruptedException {
        ReplyObserver reply = new ReplyObserver(node, limits.sizes().response());
        request.setDestinationContext(new AddressEndpointContext(address));
        request.addMessageObserver(reply);
        californium.endpoint().sendRequest(request);
        CoapReply known = reply.await(left(start));
        if (known != null) {
            return known;
        }
        request.cancel();
        return new Unreachable(node + ": no answer within " + limits.timeout().toMillis() + " ms");
    }
}
