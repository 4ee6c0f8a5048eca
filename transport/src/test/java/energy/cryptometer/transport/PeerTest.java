package energy.cryptometer.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.Optional;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.junit.jupiter.api.Test;

class PeerTest {
    private static final InetSocketAddress ADDRESS =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 5683);

    @Test
    void whoProvedNothingIsAnAddressOnly() {
        assertThat(Peer.of(new AddressEndpointContext(ADDRESS)))
                .isEqualTo(new Peer(ADDRESS, Optional.empty()));
    }

    @Test
    void whoProvedAnIdentityHasIt() {
        Principal meter = () -> "CN=meter-A";
        assertThat(Peer.of(new AddressEndpointContext(ADDRESS, meter)))
                .isEqualTo(new Peer(ADDRESS, Optional.of(meter)));
    }
}
