package energy.cryptometer.transport;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.Optional;
import org.eclipse.californium.elements.EndpointContext;

/// Who sent a request.
///
/// @param address where it came from; plain CoAP does not prove it
/// @param identity who the other side has proven to be; nobody over plain CoAP
public record Peer(InetSocketAddress address, Optional<Principal> identity) {
    static Peer of(EndpointContext context) {
        return new Peer(context.getPeerAddress(), Optional.ofNullable(context.getPeerIdentity()));
    }
}
