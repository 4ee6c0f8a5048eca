package energy.cryptometer.transport;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a node listens.
///
/// @param host a name, an IPv4 address, or an IPv6 address without brackets
/// @param port 1 to 65535
public record NodeAddress(String host, int port) {
    private static final int MAX_HOST_CHARACTERS = 253;
    private static final Pattern URI =
            Pattern.compile(
                    "coap://(?:\\[([0-9a-fA-F.]*:[0-9a-fA-F:.]*)]|([0-9a-zA-Z.-]+)):([0-9]{1,5})");
    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?");
    private static final Pattern IPV6 =
            Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

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

    /// Reads exactly `coap://host:port`, an IPv6 address in brackets; nothing may stand behind.
    public static NodeAddress parse(String text) {
        Matcher parts = URI.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "node address \"" + text + "\" is not of the form coap://host:port");
        }
        String bracketed = parts.group(1);
        String plain = parts.group(2);
        return new NodeAddress(
                bracketed != null ? bracketed : String.valueOf(plain),
                Integer.parseInt(parts.group(3)));
    }

    /// The form that [#parse] reads.
    @Override
    public String toString() {
        return "coap://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
