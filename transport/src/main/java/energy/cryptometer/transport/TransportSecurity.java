package energy.cryptometer.transport;

import energy.cryptometer.transport.NodeAddress.Scheme;
import java.util.Optional;

/// How an endpoint protects what it sends and receives. Chosen once, where the endpoint is made.
public sealed interface TransportSecurity {
    /// Plain CoAP.
    static TransportSecurity plain() {
        return new Plain();
    }

    /// Plain CoAP: whoever is on the way can read, forge and hold back messages, and nobody proves
    /// who he is.
    record Plain() implements TransportSecurity {
        @Override
        public Scheme scheme() {
            return Scheme.COAP;
        }
    }

    /// The scheme of the addresses that can be called with it.
    Scheme scheme();

    /// Reads an address that can be called with it.
    ///
    /// @throws IllegalArgumentException if it is none, or needs another protocol
    default NodeAddress address(String text) {
        NodeAddress node = NodeAddress.parse(text);
        refusal(node)
                .ifPresent(why -> {
                    throw new IllegalArgumentException(why);
                });
        return node;
    }

    /// Why an address cannot be called with it; empty if it can.
    default Optional<String> refusal(NodeAddress node) {
        return node.scheme() == scheme()
                ? Optional.empty()
                : Optional.of(
                        "%s needs %s, this program speaks %s only"
                                .formatted(node, node.scheme().protocol(), scheme().protocol()));
    }
}
