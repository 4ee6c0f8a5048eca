package energy.cryptometer.transport;

import java.time.Duration;

/// What one endpoint allows the network to cost it. A stranger can make a server hold at most about
/// `crowd.peers * sizes.request` bytes of half-sent bodies.
///
/// @param timeout the longest a client's call may take, name lookup and all retransmissions
///   included
public record CoapLimits(Sizes sizes, Duration timeout, Crowd crowd) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// For a community of hundreds of meters on a small computer.
    public static final CoapLimits USUAL =
            new CoapLimits(
                    new Sizes(256 * 1024, 4 * 1024 * 1024, 1400),
                    Duration.ofSeconds(20),
                    new Crowd(1024, 512, 8));

    /// How many bytes one thing may have.
    ///
    /// @param request one request body, over all its blocks
    /// @param response one response body, over all its blocks
    /// @param message one datagram; at least 1152, so that a block of 1024 fits (RFC 7252 4.6), at
    ///   most 65507
    public record Sizes(int request, int response, int message) {
        public Sizes {
            within("size of a request", request, 64, 64 << 20);
            within("size of a response", response, 64, 64 << 20);
            within("size of a message", message, 1152, 65507);
        }
    }

    /// How many may want something at once.
    ///
    /// @param observers observations a server keeps; later ones get a plain answer
    /// @param peers remote addresses an endpoint keeps state for; the one unheard of for longest
    ///   goes
    /// @param handlers requests a server works on at once; 16 times as many wait, more get 5.03
    public record Crowd(int observers, int peers, int handlers) {
        public Crowd {
            within("number of observers", observers, 1, 1 << 16);
            within("number of peers", peers, 1, 1 << 16);
            within("number of handlers", handlers, 1, 256);
        }
    }

    public CoapLimits {
        if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout " + timeout + " is outside (0, 10 min]");
        }
    }

    /// The same with other bounds for bodies, in bytes.
    public CoapLimits withBodies(int request, int response) {
        return new CoapLimits(new Sizes(request, response, sizes.message()), timeout, crowd);
    }

    /// The same with another bound for a client's call.
    public CoapLimits withTimeout(Duration longest) {
        return new CoapLimits(sizes, longest, crowd);
    }

    /// The same with other bounds for a server's crowd.
    public CoapLimits withCrowd(int observers, int peers, int handlers) {
        return new CoapLimits(sizes, timeout, new Crowd(observers, peers, handlers));
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", outside [" + least + ", " + most + "]");
        }
    }
}
