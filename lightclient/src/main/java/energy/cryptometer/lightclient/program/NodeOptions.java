package energy.cryptometer.lightclient.program;

import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.NodeAddress;
import energy.cryptometer.transport.TransportSecurity;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Whom to ask.
final class NodeOptions {
    @Option(
            names = "--node",
            required = true,
            paramLabel = "ADDRESS",
            converter = Address.class,
            description =
                    "A node, coap://host:port. Name several: each is a witness of the others.")
    List<NodeAddress> nodes = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "20",
            converter = Seconds.class,
            description = "The longest one call to a node may take, 1 to 600. Preset: 20.")
    private Duration timeout = CoapLimits.USUAL.timeout();

    CoapLimits limits() {
        return CoapLimits.USUAL.withTimeout(timeout);
    }

    /// Reads seconds.
    static final class Seconds implements ITypeConverter<Duration> {
        private static final int MOST = 600;

        @Override
        public Duration convert(String text) {
            if (!text.matches("[0-9]{1,3}")
                    || Integer.parseInt(text) < 1
                    || Integer.parseInt(text) > MOST) {
                throw new TypeConversionException(
                        "'%s' is outside 1 to %d s".formatted(text, MOST));
            }
            return Duration.ofSeconds(Integer.parseInt(text));
        }
    }

    /// Reads an address.
    static final class Address implements ITypeConverter<NodeAddress> {
        @Override
        public NodeAddress convert(String text) {
            try {
                return TransportSecurity.plain().address(text);
            } catch (IllegalArgumentException refused) {
                throw new TypeConversionException(String.valueOf(refused.getMessage()));
            }
        }
    }
}
