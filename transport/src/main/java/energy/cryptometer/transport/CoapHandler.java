package energy.cryptometer.transport;

/// Answers requests for one path. Called by several threads at once, at most
/// [CoapLimits.Crowd#handlers] over all paths.
@FunctionalInterface
public interface CoapHandler {
    /// The answer. An exception becomes 5.00 without details and one line in the log.
    CoapResponse handle(CoapRequest request);

    /// Answers GET and refuses every other method with 4.05.
    static CoapHandler forGet(CoapHandler get) {
        return request ->
                request.method() == CoapMethod.GET
                        ? get.handle(request)
                        : CoapResponse.methodNotAllowed();
    }

    /// Answers POST with a body in the given format and refuses every other method with 4.05 and
    /// every other format, or none, with 4.15.
    static CoapHandler forPost(int contentFormat, CoapHandler post) {
        return request -> {
            if (request.method() != CoapMethod.POST) {
                return CoapResponse.methodNotAllowed();
            }
            return request.contentFormat().orElse(-1) == contentFormat
                    ? post.handle(request)
                    : CoapResponse.unsupportedFormat();
        };
    }
}
