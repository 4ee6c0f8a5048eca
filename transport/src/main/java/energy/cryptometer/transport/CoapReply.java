package energy.cryptometer.transport;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// What became of a client's call. A failing network is an answer, not an exception.
public sealed interface CoapReply {

    /// The node answered, with success or with a refusal: look at the code.
    ///
    /// @param payload the whole body; for a refusal mostly a short text for people
    /// @param maxAge seconds the answer stays fresh, where the node said so
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    record Answer(CoapCode code, OptionalInt contentFormat, byte[] payload, OptionalLong maxAge)
            implements CoapReply {}

    /// No answer that could be used, and why, in one line that names the node. The request may or
    /// may not have arrived.
    record Unreachable(String why) implements CoapReply {}
}
