package energy.cryptometer.provisioning.community;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `host:port`, where a node listens and where meters find it.
final class ListenAddress {
    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]):([0-9]{1,5})");

    private ListenAddress() {}

    /// What is wrong with the text, as the end of a sentence, or nothing.
    static Optional<String> problem(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.of("allowed host:port or [IPv6]:port");
        }
        int port = Integer.parseInt(matcher.group(2));
        if (port < 1 || port > MAX_PORT) {
            return Optional.of("allowed ports 1 to " + MAX_PORT);
        }
        String host = matcher.group(1);
        if (host.equals("0.0.0.0") || host.equals("[::]")) {
            return Optional.of("which no meter can send to: name one address of the machine");
        }
        return Optional.empty();
    }
}
