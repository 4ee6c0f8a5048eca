package energy.cryptometer.transport;

import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.interceptors.MessageInterceptorAdapter;

/// A client serves nobody and a server asks nobody: what comes the other way is dropped unread.
final class OneWay extends MessageInterceptorAdapter {
    private final boolean server;

    private OneWay(boolean server) {
        this.server = server;
    }

    static OneWay server() {
        return new OneWay(true);
    }

    static OneWay client() {
        return new OneWay(false);
    }

    @Override
    public void receiveRequest(Request request) {
        if (!server) {
            request.setCanceled(true);
        }
    }

    @Override
    public void receiveResponse(Response response) {
        if (server) {
            response.setCanceled(true);
        }
    }
}
