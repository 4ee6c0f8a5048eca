package energy.cryptometer.transport;

import java.time.Duration;

/// What one endpoint allows the network to cost it. A stranger can make a server hold at most about
/// `maxPeers * maxRequestBody` bytes of half-sent bodies.
///
/// @param maxRequestBody bytes of one request body, over all its blocks
/// @param maxResponseBody bytes of one response body, over all its blocks
/// @param maxMessage bytes of one datagram; at least 1152, so that a block of 1024 fits (RFC 7252
///   4.6), at most 65507
/// @param timeout the longest a client's call may take, name lookup and all retransmissions
///   included
/// @param maxObservers observations a server keeps; later ones get a plain answer
/// @param maxPeers remote addresses an endpoint keeps state for; the one unheard of for longest
///   goes
/// @param maxHandlers requests a server works on at once; 16 times as many wait, more get 5.03
public record CoapLimits(
        int maxRequestBody,
        int maxResponseBody,
        int maxMessage,
        Duration timeout,
        int maxObservers,
        int maxPeers,
        int maxHandlers) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// For a community of hundreds of meters on a small computer.
    public static final CoapLimits USUAL =
            new CoapLimits(256 * 1024, 4 * 1024 * 1024, 1400, Duration.ofSeconds(20), 1024, 512, 8);

    public CoapLimits {
        within("maxRequestBody", maxRequestBody, 64, 64 << 20);
        within("maxResponseBody", maxResponseBody, 64, 64 << 20);
        within("maxMessage", maxMessage, 1152, 65507);
        within("maxObservers", maxObservers, 1, 1 << 16);
        within("maxPeers", maxPeers, 1, 1 << 16);
        within("maxHandlers", maxHandlers, 1, 256);
        if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout " + timeout + " is outside (0, 10 min]");
        }
    }

    /// The same with other bounds for bodies, in bytes.
    public CoapLimits withBodies(int request, int response) {
        return new CoapLimits(
                request, response, maxMessage, timeout, maxObservers, maxPeers, maxHandlers);
    }

    /// The same with another bound for a client's call.
    public CoapLimits withTimeout(Duration longest) {
        return new CoapLimits(
                maxRequestBody,
                maxResponseBody,
                maxMessage,
                longest,
                maxObservers,
                maxPeers,
                maxHandlers);
    }

    /// The same with other bounds for a server's crowd.
    public CoapLimits withCrowd(int observers, int peers, int handlers) {
        return new CoapLimits(
                maxRequestBody, maxResponseBody, maxMessage, timeout, observers, peers, handlers);
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", outside [" + least + ", " + most + "]");
        }
    }
}
