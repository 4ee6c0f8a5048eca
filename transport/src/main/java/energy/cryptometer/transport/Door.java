package energy.cryptometer.transport;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.ServerMessageDeliverer;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;

/// Refuses what no resource of ours serves, before the path is even looked at.
final class Door extends ServerMessageDeliverer {
    Door(Resource root, Configuration configuration) {
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
            refusal = ResponseCode.BAD_OPTION; // critical options that we do not implement
        }
        if (refusal == null) {
            return false;
        }
        exchange.sendResponse(new Response(refusal));
        return true;
    }
}
