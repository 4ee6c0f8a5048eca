package energy.cryptometer.transport;

import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapReply.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Many clients that ask the same node for the same thing at once.
final class CoapCrowd implements AutoCloseable {
    private final List<CoapClient> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletionService<CoapReply> replies = new ExecutorCompletionService<>(threads);

    CoapCrowd(NodeAddress node, String path, int size) {
        for (int n = 0; n < size; n++) {
            CoapClient client =
                    new CoapClient(TransportSecurity.plain(), Bodies.LIMITS, SystemTime.CLOCKS);
            clients.add(client);
            var _ = replies.submit(() -> client.get(node, path));
        }
    }

    Answer firstReply() throws InterruptedException {
        try {
            return (Answer) replies.take().get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    List<Answer> remainingReplies() throws InterruptedException {
        List<Answer> all = new ArrayList<>();
        for (int n = 1; n < clients.size(); n++) {
            all.add(firstReply());
        }
        return all;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        clients.forEach(CoapClient::close);
    }
}
