package energy.cryptometer.transport;

import energy.cryptometer.timing.Backoff;
import energy.cryptometer.timing.Turn;
import energy.cryptometer.timing.Worker;
import energy.cryptometer.transport.CoapReply.Answer;
import energy.cryptometer.transport.CoapReply.Unreachable;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.ClientObserveRelation;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.observe.NotificationListener;
import org.eclipse.californium.elements.AddressEndpointContext;

/// One observed resource: registers, passes on what comes, and registers again after a loss, each
/// time as one turn of its worker. Californium itself registers again when a state grows older than
/// its Max-Age.
final class Observation implements Turn, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Observation.class.getName());

    /// Longest wait for a listener to come back when it closes.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int MAX_WAITING_STATES = 64;

    private final CoapLimits limits;
    private final Target target;
    private final Californium californium;
    private final ArrayBlockingQueue<CoapReply> arrived =
            new ArrayBlockingQueue<>(MAX_WAITING_STATES);
    private final Worker worker;
    private Backoff backoff = Backoff.between(Duration.ofSeconds(1), Duration.ofSeconds(60));

    /// Who observes what.
    record Target(NodeAddress node, ResourcePath path, Consumer<CoapReply> listener) {}

    Observation(Californium californium, CoapLimits limits, Target target) {
        this.limits = limits;
        this.target = target;
        this.californium = californium;
        worker =
                new Worker(
                        "coap-observation " + target.path(),
                        this,
                        Worker.Closing.INTERRUPTS,
                        PATIENCE);
    }

    void start() {
        Worker _ = worker.start();
    }

    /// Ends it, and tells the node if that is quickly done. The listener may call this, too.
    @Override
    public void close() {
        worker.close();
    }

    /// Observes until it is lost.
    ///
    /// @return the pause before the next try
    @Override
    public Duration take() throws InterruptedException {
        if (observeUntilLost()) {
            backoff = backoff.reset();
        }
        Duration pause = backoff.varied(ThreadLocalRandom.current());
        backoff = backoff.next();
        return pause;
    }

    /// Whether anything was observed before it was lost.
    private boolean observeUntilLost() throws InterruptedException {
        Arrivals arrivals;
        try {
            arrivals = new Arrivals(request());
        } catch (UnknownHostException e) {
            tell(new Unreachable(target.node() + ": " + e.getMessage()));
            return false;
        }
        boolean heard = false;
        try {
            arrivals.start();
            while (true) {
                CoapReply reply = heard ? arrived.take() : first();
                tell(reply);
                boolean alive =
                        reply instanceof Answer answer
                                && answer.code().isSuccess()
                                && !arrivals.relation.isCanceled();
                if (!alive) {
                    return heard;
                }
                heard = true;
            }
        } finally {
            arrivals.stop();
        }
    }

    private CoapReply first() throws InterruptedException {
        CoapReply reply = arrived.poll(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
        return reply != null
                ? reply
                : new Unreachable(
                        target.node()
                                + ": no answer within "
                                + limits.timeout().toMillis()
                                + " ms");
    }

    private Request request() throws UnknownHostException, InterruptedException {
        Request request = Request.newGet();
        request.setDestinationContext(
                new AddressEndpointContext(NameService.lookUp(target.node(), limits.timeout())));
        target.path().writeTo(request.getOptions());
        request.setObserve();
        return request;
    }

    private void tell(CoapReply reply) {
        try {
            target.listener().accept(reply);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "listener to " + target.path() + " failed", e);
        }
    }

    private void arrive(CoapReply reply) {
        while (!arrived.offer(reply)) {
            CoapReply _ = arrived.poll();
        }
    }

    /// One registration: what comes first as a response, and later as notifications.
    private final class Arrivals extends MessageObserverAdapter implements NotificationListener {
        private final Request request;
        private final ClientObserveRelation relation;

        Arrivals(Request request) {
            this.request = request;
            this.relation =
                    new ClientObserveRelation(
                            request, californium.endpoint(), californium.timers());
        }

        void start() {
            arrived.clear();
            request.addMessageObserver(this);
            californium.endpoint().addNotificationListener(this);
            californium.endpoint().sendRequest(request);
        }

        void stop() {
            californium.endpoint().removeNotificationListener(this);
            relation.proactiveCancel();
        }

        @Override
        public void onNotification(Request observed, Response response) {
            if (relation.matchRequest(observed)) {
                onResponse(response);
            }
        }

        @Override
        public void onResponse(Response response) {
            if (relation.onResponse(response)) {
                arrive(ReplyObserver.read(response, target.node(), limits.sizes().response()));
            }
        }

        @Override
        protected void failed() {
            arrive(new Unreachable(target.node() + ": no answer to an observation"));
        }
    }
}
