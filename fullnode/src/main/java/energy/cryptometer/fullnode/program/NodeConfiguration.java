package energy.cryptometer.fullnode.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.configuration.Configuration;
import energy.cryptometer.command.configuration.Section;
import energy.cryptometer.command.key.KeySection;
import energy.cryptometer.fullnode.mempool.MempoolLimits;
import energy.cryptometer.fullnode.node.NodeLimits;
import energy.cryptometer.fullnode.voting.BlockLimits;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.GenesisCodec;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A node's configuration:
///
/// ```toml
/// [node]
/// genesis = "genesis.cbor"       # as the authority signed it
/// store = "node.sqlite"          # made at the first start
/// listen = "127.0.0.1:5683"      # CoAP over UDP
/// [key]                          # signs votes: trial_key or pkcs11, with pin_file
/// trial_key = "node.p12"
/// pin_file = "node.pin"
/// [vrf]
/// secret_file = "node.vrf"       # 64 hexadecimal digits, mode 0400
/// [plant]                        # optional: sign the virtual power plant's allocations
/// trial_key = "plant.p12"
/// pin_file = "plant.pin"
/// [limits]                       # optional
/// mempool_per_meter = 20000
/// mempool_total = 150000
/// block_transactions = 60000
/// drift_seconds = 10             # how far ahead of our clock a capture time may lie
/// ```
///
/// @param vrfSecret file with the secret of the node's random numbers
record NodeConfiguration(
        Path genesis,
        Path store,
        InetSocketAddress listen,
        KeySection key,
        Path vrfSecret,
        Optional<KeySection> plant,
        NodeLimits limits) {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9a-zA-Z.-]+)):([0-9]{1,5})");

    /// Reads the file.
    ///
    /// @throws CommandFailure CONFIG with every problem
    static NodeConfiguration read(Path file) {
        Configuration configuration = Configuration.read(file);
        Section node = configuration.section("node");
        Path genesis = node.path("genesis");
        Path store = node.path("store");
        InetSocketAddress listen = listen(node);
        KeySection key = KeySection.read(configuration.section("key"));
        Path vrfSecret = configuration.section("vrf").path("secret_file");
        Optional<KeySection> plant = configuration.optionalSection("plant").map(KeySection::read);
        NodeLimits limits =
                configuration
                        .optionalSection("limits")
                        .map(NodeConfiguration::limits)
                        .orElse(NodeLimits.USUAL);
        configuration.orFail();
        return new NodeConfiguration(genesis, store, listen, key, vrfSecret, plant, limits);
    }

    private static InetSocketAddress listen(Section node) {
        String text = node.text("listen", "127.0.0.1:5683");
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(3)) > 65535) {
            node.refuse("listen", "is \"%s\", expected HOST:PORT".formatted(text));
            return new InetSocketAddress(0);
        }
        String bracketed = parts.group(1);
        String host = bracketed != null ? bracketed : String.valueOf(parts.group(2));
        InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(parts.group(3)));
        if (address.isUnresolved()) {
            node.refuse("listen", "is \"%s\", but this host is not known".formatted(text));
        }
        return address;
    }

    private static NodeLimits limits(Section section) {
        MempoolLimits usual = MempoolLimits.USUAL;
        long perMeter = section.integer("mempool_per_meter", 1, 1_000_000, usual.perMeter());
        long total = section.integer("mempool_total", 1, 10_000_000, usual.total());
        long drift = section.integer("drift_seconds", 0, 3600, usual.drift().toSeconds());
        long transactions =
                section.integer("block_transactions", 1, 200_000, BlockLimits.USUAL.transactions());
        return new NodeLimits(
                new MempoolLimits(
                        (int) perMeter, (int) Math.max(total, perMeter), Duration.ofSeconds(drift)),
                new BlockLimits((int) transactions, BlockLimits.USUAL.bytes()));
    }

    /// The bytes of the genesis file.
    ///
    /// @throws CommandFailure CONFIG if it is missing, unreadable or too large
    byte[] signedGenesis() {
        try (InputStream in = Files.newInputStream(genesis)) {
            byte[] signed = in.readNBytes(GenesisCodec.MAX_BYTES + 1);
            if (signed.length > GenesisCodec.MAX_BYTES) {
                throw refused(
                        "genesis %s is larger than %d bytes: is it the right file?"
                                .formatted(genesis, GenesisCodec.MAX_BYTES),
                        null);
            }
            return signed;
        } catch (IOException problem) {
            String why = CommandFailure.of("cannot read genesis " + genesis, problem).text();
            throw refused(why, problem);
        }
    }

    /// The genesis in the file.
    ///
    /// @throws CommandFailure CONFIG if it is malformed, not signed by its authority, or demands
    ///   what this version cannot do
    Genesis decode(byte[] signed) {
        try {
            Genesis decoded = GenesisCodec.decode(signed);
            if (decoded.nodes().size() != 1) {
                throw refused(
                        "genesis %s names %d nodes; this version decides alone and runs communities"
                                        .formatted(genesis, decoded.nodes().size())
                                + " of exactly one",
                        null);
            }
            return decoded;
        } catch (MalformedException malformed) {
            throw refused("genesis %s: %s".formatted(genesis, malformed.getMessage()), malformed);
        }
    }

    private static CommandFailure refused(String why, @Nullable Exception cause) {
        return new CommandFailure(ExitCode.CONFIG, why, cause);
    }
}
