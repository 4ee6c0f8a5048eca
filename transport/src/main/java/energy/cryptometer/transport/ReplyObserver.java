package energy.cryptometer.transport;

import energy.cryptometer.transport.CoapReply.Answer;
import energy.cryptometer.transport.CoapReply.Unreachable;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Response;
import org.jspecify.annotations.Nullable;

/// Waits for the one outcome of a request.
final class ReplyObserver extends MessageObserverAdapter {
    private final NodeAddress node;
    private final int maxBody;
    private final CompletableFuture<CoapReply> reply = new CompletableFuture<>();

    ReplyObserver(NodeAddress node, int maxBody) {
        this.node = node;
        this.maxBody = maxBody;
    }

    /// The outcome, or null if there is none in time.
    @Nullable CoapReply await(Duration longest) throws InterruptedException {
        try {
            return reply.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// An answer as a value, unless its body is larger than we take.
    static CoapReply read(Response response, NodeAddress node, int maxBody) {
        if (response.getPayloadSize() > maxBody) {
            return new Unreachable(node + ": the answer is larger than " + maxBody + " bytes");
        }
        OptionSet options = response.getOptions();
        return new Answer(
                CoapCode.of(response.getRawCode()),
                options.hasContentFormat()
                        ? OptionalInt.of(options.getContentFormat())
                        : OptionalInt.empty(),
                response.getPayload(),
                options.hasMaxAge() ? OptionalLong.of(options.getMaxAge()) : OptionalLong.empty());
    }

    @Override
    public void onResponse(Response response) {
        reply.complete(read(response, node, maxBody));
    }

    @Override
    public void onReject() {
        fail("it refuses our message (reset)");
    }

    @Override
    public void onTimeout() {
        fail("no answer to any retransmission");
    }

    @Override
    public void onCancel() {
        fail("given up");
    }

    @Override
    public void onSendError(Throwable error) {
        fail("cannot send: " + error.getMessage());
    }

    @Override
    public void onResponseHandlingError(Throwable error) {
        fail("its answer is of no use: " + error.getMessage());
    }

    private void fail(String why) {
        reply.complete(new Unreachable(node + ": " + why));
    }
}
