package energy.cryptometer.transport.message;

import energy.cryptometer.transport.CoapCode;
import energy.cryptometer.transport.NodeAddress;
import java.time.Duration;
import java.util.Optional;

/// What came back from a node. A refusing, lying or absent node is an answer, not an exception.
public sealed interface Answer<T> {
    /// A well-formed value. It is proven by nobody yet.
    record Got<T>(T value) implements Answer<T> {}

    /// The node said no.
    ///
    /// @param code no success
    /// @param retryAfter when to try again, where the node says so
    record Refused<T>(CoapCode code, String why, Optional<Duration> retryAfter)
            implements Answer<T> {
        /// Whether the same request may succeed later: the node is full or ill, not in
        /// disagreement.
        public boolean mayRetry() {
            return code.isServerError() || code == CoapCode.TOO_MANY_REQUESTS;
        }
    }

    /// The node sent something that is not of the protocol.
    ///
    /// @param why begins with the node's address
    record Malformed<T>(String why) implements Answer<T> {}

    /// The node sent something of another community. Both values are hexadecimal.
    record OtherCommunity<T>(String found, String expected) implements Answer<T> {}

    /// No answer in time.
    ///
    /// @param why begins with the node's address
    record Unreachable<T>(String why) implements Answer<T> {}

    /// The answer in words, for a log line.
    ///
    /// @param node who gave it
    default String sentence(NodeAddress node) {
        return switch (this) {
            case Got<T>(T value) -> "%s answered %s".formatted(node, value);
            case Refused<T>(CoapCode code, String why, _) ->
                    "%s refused it: %s %s".formatted(node, code, why);
            case Malformed<T>(String why) -> why;
            case OtherCommunity<T>(String found, String expected) ->
                    "%s is of community %s, expected %s".formatted(node, found, expected);
            case Unreachable<T>(String why) -> why;
        };
    }

    default Optional<T> got() {
        return this instanceof Got<T>(T value) ? Optional.of(value) : Optional.empty();
    }
}
