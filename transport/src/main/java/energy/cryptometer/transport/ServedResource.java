package energy.cryptometer.transport;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.observe.ObserveRelation;

/// One path with its handler. Handlers run on the server's bounded pool, never on a protocol
/// thread.
final class ServedResource extends CoapResource {
    private static final System.Logger LOG = System.getLogger(CoapServer.class.getName());

    /// A client sends its request again after 2 s at the earliest (RFC 7252 4.8).
    private static final long ACKNOWLEDGE_AFTER_MILLIS = 1_000;

    private static final long NOTIFY_AGAIN_AFTER_MILLIS = 200;
    private static final long RETRY_AFTER_SECONDS = 5;

    private final String path;
    private final CoapHandler handler;
    private final CoapLimits limits;
    private final Executor workers;
    private final ScheduledExecutorService timers;
    private final AtomicBoolean reported = new AtomicBoolean();
    private final AtomicLong version = new AtomicLong();
    private final AtomicBoolean notifying = new AtomicBoolean();

    /// Notifications are made one after the other, so that the last one shows the last state.
    private final ReentrantLock observed = new ReentrantLock();

    /// @param workers run the handlers
    ServedResource(
            ResourcePath path,
            CoapHandler handler,
            CoapLimits limits,
            Executor workers,
            ScheduledExecutorService timers) {
        super(path.segments().getLast());
        this.path = path.path();
        this.handler = handler;
        this.limits = limits;
        this.workers = workers;
        this.timers = timers;
    }

    ServedResource describe(ResourceAttributes attributes) {
        var links = getAttributes();
        links.setTitle(attributes.title());
        attributes.resourceType().ifPresent(links::addResourceType);
        attributes.interfaceType().ifPresent(links::addInterfaceDescription);
        attributes.contentFormat().ifPresent(links::addContentType);
        attributes.maxSize().ifPresent(links::setMaximumSizeEstimate);
        if (attributes.observable()) {
            setObservable(true);
            setObserveType(CoAP.Type.CON); // an observer that does not acknowledge is dropped
            links.setObservable();
        }
        return this;
    }

    /// Tells all observers; many calls at once may become one notification.
    void stateChanged() {
        version.incrementAndGet();
        notifyIn(0);
    }

    private void notifyIn(long millis) {
        if (!notifying.compareAndSet(false, true)) {
            return;
        }
        try {
            ScheduledFuture<?> _ =
                    timers.schedule(
                            () -> {
                                notifying.set(false);
                                changed();
                            },
                            millis,
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            notifying.set(false); // the server is closing
        }
    }

    /// Called for requests, and once for each observer after a change.
    @Override
    public void handleRequest(Exchange exchange) {
        ObserveRelation relation = exchange.getRelation();
        boolean notification = relation != null && relation.isEstablished();
        try {
            workers.execute(() -> serve(exchange, notification));
        } catch (RejectedExecutionException _) {
            if (notification) {
                notifyIn(NOTIFY_AGAIN_AFTER_MILLIS);
            } else {
                send(exchange, CoapResponse.unavailable(RETRY_AFTER_SECONDS));
            }
            return;
        }
        if (!notification) {
            acknowledgeIfSlow(exchange);
        }
    }

    private void acknowledgeIfSlow(Exchange exchange) {
        try {
            ScheduledFuture<?> _ =
                    timers.schedule(
                            () -> exchange.execute(exchange::sendAccept),
                            ACKNOWLEDGE_AFTER_MILLIS,
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            return; // the server is closing
        }
    }

    private void serve(Exchange exchange, boolean notification) {
        if (!notification && exchange.getRelation() == null) {
            send(exchange, answer(exchange.getRequest()));
            return;
        }
        observed.lock();
        try {
            long seen = version.get();
            send(exchange, answer(exchange.getRequest()));
            if (notification) {
                return;
            }
            // A change between our look and the start of the observation would go unseen.
            exchange.execute(() -> {
                if (version.get() != seen) {
                    notifyIn(0);
                }
            });
        } finally {
            observed.unlock();
        }
    }

    private CoapResponse answer(Request request) {
        if (request.getPayloadSize() > limits.sizes().request()) {
            return CoapResponse.tooLarge("at most " + limits.sizes().request() + " bytes");
        }
        Map<String, String> query;
        try {
            query = ResourcePath.queryMap(request.getOptions().getUriQuery());
        } catch (IllegalArgumentException e) {
            return CoapResponse.badRequest(String.valueOf(e.getMessage()));
        }
        CoapResponse response;
        try {
            response = handler.handle(read(request, query));
        } catch (RuntimeException e) {
            return failed("a handler failed", e);
        }
        if (response.payload().length > limits.sizes().response()) {
            return failed(
                    "an answer is too large",
                    new IllegalStateException(
                            response.payload().length
                                    + " bytes, the limit is "
                                    + limits.sizes().response()));
        }
        return response;
    }

    private CoapRequest read(Request request, Map<String, String> query) {
        OptionSet options = request.getOptions();
        return new CoapRequest(
                CoapMethod.valueOf(request.getCode().name()),
                path,
                query,
                options.hasContentFormat()
                        ? OptionalInt.of(options.getContentFormat())
                        : OptionalInt.empty(),
                options.hasAccept() ? OptionalInt.of(options.getAccept()) : OptionalInt.empty(),
                request.getPayload(),
                Peer.of(request.getSourceContext()));
    }

    /// Logs the first one as an error; whoever causes a thousand shall not fill the log.
    private CoapResponse failed(String what, RuntimeException why) {
        Level level = reported.compareAndSet(false, true) ? Level.ERROR : Level.DEBUG;
        LOG.log(level, path + ": " + what + " (further ones are logged at DEBUG)", why);
        return CoapResponse.internalError();
    }

    private void send(Exchange exchange, CoapResponse ours) {
        Response response = new Response(CoAP.ResponseCode.valueOf(ours.code().value()));
        response.setPayload(ours.payload());
        ours.contentFormat().ifPresent(response.getOptions()::setContentFormat);
        ours.maxAgeSeconds().ifPresent(response.getOptions()::setMaxAge);
        if (ours.code() == CoapCode.TOO_LARGE) {
            response.getOptions().setSize1(limits.sizes().request());
        }
        exchange.sendResponse(response);
    }
}
