package energy.cryptometer.transport;

/// What a request asks for (RFC 7252 5.8 and RFC 8132).
public enum CoapMethod {
    GET,
    POST,
    PUT,
    DELETE,
    FETCH,
    PATCH,
    IPATCH
}
