package energy.cryptometer.transport;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.OptionalInt;

/// A whole request, as it reaches a handler.
///
/// @param path the path it was registered under, with a leading slash
/// @param query each `name=value` once; a request with a repeated name or without `=` was refused
/// @param accept the only format the client wants, where it said so
/// @param payload the whole body, at most [CoapLimits#maxRequestBody] bytes
/// @param from the sender's address, which plain CoAP does not prove
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record CoapRequest(
        CoapMethod method,
        String path,
        Map<String, String> query,
        OptionalInt contentFormat,
        OptionalInt accept,
        byte[] payload,
        InetSocketAddress from) {
    public CoapRequest {
        query = Map.copyOf(query);
    }
}
