package energy.cryptometer.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Turns a node's name into an address. The operating system's lookup knows no time limit, so it
/// runs on a thread of its own, which nobody waits for beyond the limit.
final class NameService {
    private NameService() {}

    /// The address, or [UnknownHostException] with the reason for people.
    static InetSocketAddress lookUp(NodeAddress node, Duration longest)
            throws UnknownHostException, InterruptedException {
        CompletableFuture<InetAddress> found = new CompletableFuture<>();
        Thread _ = Thread.startVirtualThread(() -> ask(node, found));
        try {
            return new InetSocketAddress(
                    found.get(longest.toNanos(), TimeUnit.NANOSECONDS), node.port());
        } catch (TimeoutException _) {
            throw new UnknownHostException("the name service does not answer");
        } catch (ExecutionException _) {
            throw new UnknownHostException("no host of that name is known");
        }
    }

    private static void ask(NodeAddress node, CompletableFuture<InetAddress> found) {
        try {
            found.complete(InetAddress.getByName(node.host()));
        } catch (UnknownHostException e) {
            found.completeExceptionally(e);
        }
    }
}
