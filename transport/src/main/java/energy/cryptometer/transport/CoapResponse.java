package energy.cryptometer.transport;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A handler's answer.
///
/// @param payload the whole body; it is sent in blocks of 1024 bytes where it is longer
/// @param maxAgeSeconds how long it stays fresh; 60 for the client where nothing is said
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record CoapResponse(
        CoapCode code, OptionalInt contentFormat, byte[] payload, OptionalLong maxAgeSeconds) {
    private static final int MAX_DIAGNOSTIC_CHARACTERS = 256;
    private static final long MAX_AGE_LIMIT = 0xffff_ffffL;

    public CoapResponse {
        if (maxAgeSeconds.isPresent()
                && (maxAgeSeconds.getAsLong() < 0 || maxAgeSeconds.getAsLong() > MAX_AGE_LIMIT)) {
            throw new IllegalArgumentException(
                    "max-age is " + maxAgeSeconds.getAsLong() + " s, outside [0, 2^32)");
        }
    }

    /// 2.05 with a body.
    public static CoapResponse content(int contentFormat, byte[] payload) {
        return with(CoapCode.CONTENT, contentFormat, payload);
    }

    /// 2.04 without a body.
    public static CoapResponse changed() {
        return diagnostic(CoapCode.CHANGED, "");
    }

    /// 2.04 with a body.
    public static CoapResponse changed(int contentFormat, byte[] payload) {
        return with(CoapCode.CHANGED, contentFormat, payload);
    }

    /// 2.01 without a body.
    public static CoapResponse created() {
        return diagnostic(CoapCode.CREATED, "");
    }

    /// 4.00 with one line for people that says what is wrong.
    public static CoapResponse badRequest(String why) {
        return diagnostic(CoapCode.BAD_REQUEST, why);
    }

    /// 4.03.
    public static CoapResponse forbidden(String why) {
        return diagnostic(CoapCode.FORBIDDEN, why);
    }

    /// 4.05.
    public static CoapResponse methodNotAllowed() {
        return diagnostic(CoapCode.METHOD_NOT_ALLOWED, "");
    }

    /// 4.06: we have not what the client accepts.
    public static CoapResponse notAcceptable() {
        return diagnostic(CoapCode.NOT_ACCEPTABLE, "");
    }

    /// 4.09: contradicts what we already hold.
    public static CoapResponse conflict(String why) {
        return diagnostic(CoapCode.CONFLICT, why);
    }

    /// 4.13.
    public static CoapResponse tooLarge(String why) {
        return diagnostic(CoapCode.TOO_LARGE, why);
    }

    /// 4.15.
    public static CoapResponse unsupportedFormat() {
        return diagnostic(CoapCode.UNSUPPORTED_FORMAT, "");
    }

    /// 4.29 (RFC 8516): come back after so many seconds.
    public static CoapResponse tooManyRequests(long retryAfterSeconds) {
        return diagnostic(CoapCode.TOO_MANY_REQUESTS, "").withMaxAge(retryAfterSeconds);
    }

    /// 5.03: come back after so many seconds.
    public static CoapResponse unavailable(long retryAfterSeconds) {
        return diagnostic(CoapCode.UNAVAILABLE, "").withMaxAge(retryAfterSeconds);
    }

    /// 5.00, on purpose without a reason: that one is in our log.
    public static CoapResponse internalError() {
        return diagnostic(CoapCode.INTERNAL_SERVER_ERROR, "");
    }

    /// Any other code with a body.
    public static CoapResponse with(CoapCode code, int contentFormat, byte[] payload) {
        return new CoapResponse(code, OptionalInt.of(contentFormat), payload, OptionalLong.empty());
    }

    /// The same, fresh for so many seconds.
    public CoapResponse withMaxAge(long seconds) {
        return new CoapResponse(code, contentFormat, payload, OptionalLong.of(seconds));
    }

    /// A diagnostic payload has no format and is for people (RFC 7252 5.5.2).
    private static CoapResponse diagnostic(CoapCode code, String why) {
        String line = why.substring(0, Math.min(why.length(), MAX_DIAGNOSTIC_CHARACTERS));
        return new CoapResponse(
                code,
                OptionalInt.empty(),
                line.getBytes(StandardCharsets.UTF_8),
                OptionalLong.empty());
    }
}
