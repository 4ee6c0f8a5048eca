package energy.cryptometer.transport;

import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;

/// A step on the way to a resource, such as `/v1`: nothing is served here.
final class PathNode extends CoapResource {
    PathNode(String name) {
        super(name, false);
    }

    @Override
    public void handleRequest(Exchange exchange) {
        exchange.sendResponse(new Response(ResponseCode.NOT_FOUND));
    }
}
