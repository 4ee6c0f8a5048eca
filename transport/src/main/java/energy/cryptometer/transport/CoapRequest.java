package energy.cryptometer.transport;

import java.util.Map;
import java.util.OptionalInt;

/// A whole request, as it reaches a handler.
///
/// @param path the path it was registered under, with a leading slash
/// @param query each `name=value` once; a request with a repeated name or without `=` was refused
/// @param accept the only format the client wants, where it said so
/// @param payload the whole body, at most [CoapLimits.Sizes#request] bytes
/// @param peer who sent it
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record CoapRequest(
        CoapMethod method,
        String path,
        Map<String, String> query,
        OptionalInt contentFormat,
        OptionalInt accept,
        byte[] payload,
        Peer peer) {
    public CoapRequest {
        query = Map.copyOf(query);
    }
}
