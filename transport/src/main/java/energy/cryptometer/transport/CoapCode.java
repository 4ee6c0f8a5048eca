package energy.cryptometer.transport;

/// How a request was answered (IANA CoAP response codes).
public enum CoapCode {
    CREATED(2, 1),
    DELETED(2, 2),
    VALID(2, 3),
    CHANGED(2, 4),
    CONTENT(2, 5),
    CONTINUE(2, 31),
    BAD_REQUEST(4, 0),
    UNAUTHORIZED(4, 1),
    BAD_OPTION(4, 2),
    FORBIDDEN(4, 3),
    NOT_FOUND(4, 4),
    METHOD_NOT_ALLOWED(4, 5),
    NOT_ACCEPTABLE(4, 6),
    REQUEST_ENTITY_INCOMPLETE(4, 8),
    CONFLICT(4, 9),
    PRECONDITION_FAILED(4, 12),
    TOO_LARGE(4, 13),
    UNSUPPORTED_FORMAT(4, 15),
    UNPROCESSABLE(4, 22),
    TOO_MANY_REQUESTS(4, 29),
    INTERNAL_SERVER_ERROR(5, 0),
    NOT_IMPLEMENTED(5, 1),
    BAD_GATEWAY(5, 2),
    UNAVAILABLE(5, 3),
    GATEWAY_TIMEOUT(5, 4),
    PROXY_NOT_SUPPORTED(5, 5);

    private final int kind;
    private final int detail;

    CoapCode(int kind, int detail) {
        this.kind = kind;
        this.detail = detail;
    }

    /// Whether the request was done as asked (2.xx).
    public boolean isSuccess() {
        return kind == 2;
    }

    /// Whether the server could not do what may be right to ask (5.xx).
    public boolean isServerError() {
        return kind == 5;
    }

    /// The code in one byte: three bits of class, five of detail (RFC 7252 5.9).
    int value() {
        return kind << 5 | detail;
    }

    /// The code for a byte from the network; one nobody registered counts as the .00 of its class,
    /// as RFC 7252 5.9 asks, and what is no answer at all as 5.00.
    static CoapCode of(int value) {
        for (CoapCode code : values()) {
            if (code.value() == value) {
                return code;
            }
        }
        return value >> 5 == 4 ? BAD_REQUEST : INTERNAL_SERVER_ERROR;
    }

    /// The code as people write it, such as `4.04`.
    @Override
    public String toString() {
        return "%d.%02d".formatted(kind, detail);
    }
}
