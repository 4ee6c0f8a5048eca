package energy.cryptometer.provisioning.description;

import energy.cryptometer.transport.NodeAddress;

/// Where a node listens, as a configuration writes it: `host:port`.
///
/// @param node the same address as meters write it: `coap://host:port`
public record ListenAddress(NodeAddress node) {
    private static final String SCHEME = "coap://";

    /// Reads `host:port` or `[IPv6]:port`.
    ///
    /// @throws IllegalArgumentException if it is anything else, or all addresses of a machine at
    ///   once: no meter can send to those. Its message is the end of a sentence.
    static ListenAddress parse(String text) {
        NodeAddress node;
        try {
            node = NodeAddress.parse(SCHEME + text);
        } catch (IllegalArgumentException refusal) {
            throw new IllegalArgumentException(
                    "allowed host:port or [IPv6]:port, with a port from 1 to 65535", refusal);
        }
        if (node.host().equals("0.0.0.0") || node.host().equals("::")) {
            throw new IllegalArgumentException(
                    "which no meter can send to: name one address of the machine");
        }
        return new ListenAddress(node);
    }

    /// The form that [#parse] reads.
    @Override
    public String toString() {
        return node.toString().substring(SCHEME.length());
    }
}
