package energy.cryptometer.transport;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a node listens, and whether it is called with or without DTLS.
///
/// @param host a name, an IPv4 address, or an IPv6 address without brackets
/// @param port 1 to 65535
public record NodeAddress(Scheme scheme, String host, int port) {
    private static final int MAX_HOST_CHARACTERS = 253;
    private static final Pattern URI =
            Pattern.compile(
                    "(coaps?)://(?:\\[([0-9a-fA-F.]*:[0-9a-fA-F:.]*)]|([0-9a-zA-Z.-]+)):([0-9]{1,5})");
    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?");
    private static final Pattern IPV6 =
            Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /// The schemes of RFC 7252, 6.
    public enum Scheme {
        COAP("plain CoAP"),
        COAPS("CoAP over DTLS");

        private final String protocol;

        Scheme(String protocol) {
            this.protocol = protocol;
        }

        /// What it means, for a message.
        public String protocol() {
            return protocol;
        }

        /// As it stands in an address.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public NodeAddress {
        if (host.length() > MAX_HOST_CHARACTERS
                || !(NAME.matcher(host).matches() || IPV6.matcher(host).matches())) {
            throw new IllegalArgumentException(
                    "host \"" + host + "\" is neither a name nor an address");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is outside [1, 65535]");
        }
    }

    /// A node that is called over plain CoAP.
    public NodeAddress(String host, int port) {
        this(Scheme.COAP, host, port);
    }

    /// Reads exactly `coap://host:port` or `coaps://host:port`, an IPv6 address in brackets;
    /// nothing may stand behind.
    public static NodeAddress parse(String text) {
        Matcher parts = URI.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "node address \"" + text + "\" is not of the form coap://host:port");
        }
        String bracketed = parts.group(2);
        String plain = parts.group(3);
        return new NodeAddress(
                Scheme.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
                bracketed != null ? bracketed : String.valueOf(plain),
                Integer.parseInt(parts.group(4)));
    }

    /// The form that [#parse] reads.
    @Override
    public String toString() {
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
