package energy.cryptometer.transport;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.ServerMessageDeliverer;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;

/// Refuses requests for a proxy and critical options that we do not implement, before the path is
/// looked at.
final class RequestFilter extends ServerMessageDeliverer {
    RequestFilter(Resource root, Configuration configuration) {
        super(root, configuration);
    }

    @Override
    protected boolean preDeliverRequest(Exchange exchange) {
        OptionSet options = exchange.getRequest().getOptions();
        ResponseCode refusal = null;
        if (options.hasProxyUri() || options.hasProxyScheme()) {
            refusal = ResponseCode.PROXY_NOT_SUPPORTED;
        } else if (options.getIfMatchCount() > 0
                || options.hasIfNoneMatch()
                || options.hasOscore()) {
            refusal = ResponseCode.BAD_OPTION;
        }
        if (refusal == null) {
            return false;
        }
        exchange.sendResponse(new Response(refusal));
        return true;
    }
}
