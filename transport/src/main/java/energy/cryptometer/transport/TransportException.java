package energy.cryptometer.transport;

import org.jspecify.annotations.Nullable;

/// A local socket could not be had. The message is one line: which one, why, and what to do next.
/// What goes wrong on the network is never an exception: see [CoapReply].
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TransportException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
