package energy.cryptometer.fullnode.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.fullnode.voting.NodeSigners;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;

/// The opened keys of a node, each checked against the genesis.
record NodeKeys(KeySigner node, Optional<KeySigner> plant, NodeSigners keys)
        implements AutoCloseable {
    private static final int MAX_SECRET_FILE = 256;

    /// Opens them.
    ///
    /// @throws CommandFailure CONFIG if a key is not the one the genesis names
    /// @throws energy.cryptometer.hal.key.KeyException if a token, a file or a PIN refuses
    @SuppressWarnings("resource") // they live in the keys that are returned
    static NodeKeys open(NodeConfiguration configuration, Genesis genesis) {
        VrfSecretKey lottery = readSecret(configuration.vrfSecret());
        KeySigner node = configuration.key().signer();
        try {
            int index = index(genesis, node.publicKey(), lottery);
            Optional<KeySigner> plant =
                    configuration.plant().map(section -> plant(section.signer(), genesis));
            return new NodeKeys(
                    node,
                    plant,
                    new NodeSigners(index, node, lottery, plant.map(Signer.class::cast)));
        } catch (RuntimeException failure) {
            node.close();
            throw failure;
        }
    }

    private static int index(Genesis genesis, PublicKey key, VrfSecretKey lottery) {
        OptionalInt index = genesis.nodes().indexOf(key.id());
        if (index.isEmpty()) {
            throw refused(
                    "[key] is %s, but the genesis names node %s: give that node's key"
                            .formatted(key.id(), genesis.nodes().get(0).key().id()));
        }
        if (!genesis.nodes().get(index.getAsInt()).vrfKey().equals(lottery.publicKey())) {
            throw refused(
                    "[vrf] secret_file holds another secret than the one of this node in the"
                            + " genesis: give that one");
        }
        return index.getAsInt();
    }

    private static KeySigner plant(KeySigner plant, Genesis genesis) {
        if (!plant.publicKey().equals(genesis.plant())) {
            PublicKey found = plant.publicKey();
            plant.close();
            throw refused(
                    "[plant] is %s, but the genesis names virtual power plant %s: give its key, or"
                                    .formatted(found.id(), genesis.plant().id())
                            + " leave the section out");
        }
        return plant;
    }

    private static VrfSecretKey readSecret(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String text =
                    new String(in.readNBytes(MAX_SECRET_FILE), StandardCharsets.US_ASCII).strip();
            return VrfSecretKey.of(HexFormat.of().parseHex(text));
        } catch (IOException problem) {
            throw refused(CommandFailure.of("cannot read VRF secret " + file, problem).text());
        } catch (IllegalArgumentException _) {
            throw refused(
                    "VRF secret %s is not 64 hexadecimal digits of a valid secret".formatted(file));
        }
    }

    private static CommandFailure refused(String why) {
        return new CommandFailure(ExitCode.CONFIG, why);
    }

    @Override
    public void close() {
        node.close();
        plant.ifPresent(KeySigner::close);
    }
}
