package energy.cryptometer.transport;

import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.interceptors.MessageInterceptorAdapter;

/// A client serves nobody and a server asks nobody: what the other side may not send is dropped
/// unread.
final class RoleFilter extends MessageInterceptorAdapter {
    private final Californium.Role role;

    RoleFilter(Californium.Role role) {
        this.role = role;
    }

    @Override
    public void receiveRequest(Request request) {
        if (role != Californium.Role.SERVER) {
            request.setCanceled(true);
        }
    }

    @Override
    public void receiveResponse(Response response) {
        if (role != Californium.Role.CLIENT) {
            response.setCanceled(true);
        }
    }
}
