package energy.cryptometer.fullnode.program;

import energy.cryptometer.command.Programs;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.hal.key.PinSource;
import energy.cryptometer.hal.key.Pkcs12Key;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.community.NodeEntry;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.unit.StepSchedule;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A folder with all that a node's operator has: keys, genesis, configuration. The community is the
/// small one with keys of files and steps of three seconds that begin now.
final class Premises {
    final Path folder;
    final Path config;
    final Genesis genesis;

    Premises(Path folder) throws IOException {
        this(folder, 1);
    }

    /// @param nodes how many nodes the genesis names; ours is one of them
    Premises(Path folder, int nodes) throws IOException {
        this.folder = folder;
        this.config = folder.resolve("node.toml");
        SmallCommunity community = new SmallCommunity();
        PublicKey node = key("node");
        PublicKey plant = key("plant");
        secret("node.vrf", HexFormat.of().formatHex(SmallCommunity.secret("vrf")));
        List<NodeEntry> set = new ArrayList<>();
        set.add(new NodeEntry(node, community.lottery.publicKey()));
        for (int i = 1; i < nodes; i++) {
            set.add(
                    new NodeEntry(
                            SmallCommunity.signer("node " + i).publicKey(),
                            VrfSecretKey.of(SmallCommunity.secret("vrf " + i)).publicKey()));
        }
        long now = Instant.now().getEpochSecond();
        genesis =
                new Genesis(
                        "Premises",
                        new StepSchedule(
                                Instant.ofEpochSecond(now - now % 3),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2)),
                        community.genesis.policy(),
                        community.genesis.election(),
                        community.authority.publicKey(),
                        plant,
                        community.genesis.meters(),
                        community.genesis.participants(),
                        new NodeSet(set));
        Files.write(
                folder.resolve("genesis.cbor"), GenesisCodec.sign(genesis, community.authority));
        configure("127.0.0.1:0");
    }

    /// Writes the configuration anew.
    void configure(String listen) throws IOException {
        Files.writeString(
                config,
                """
                [node]
                genesis = "genesis.cbor"
                store = "node.sqlite"
                listen = "%s"
                [key]
                trial_key = "node.p12"
                pin_file = "node.pin"
                [vrf]
                secret_file = "node.vrf"
                [plant]
                trial_key = "plant.p12"
                pin_file = "plant.pin"
                """
                        .formatted(listen));
    }

    private PublicKey key(String name) throws IOException {
        Path pin = secret(name + ".pin", "1234567890");
        try (KeySigner signer =
                new KeySigner(
                        Pkcs12Key.create(folder.resolve(name + ".p12"), PinSource.file(pin)))) {
            return signer.publicKey();
        }
    }

    /// Writes a file that only its owner may read.
    Path secret(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /// What a command said and how it ended.
    record Ended(int code, String out, String err) {}

    /// Runs the program in this process.
    static Ended program(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal =
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, false);
        int code = Programs.run(new NodeMain(), terminal, arguments);
        return new Ended(code, out.toString(), err.toString());
    }

    Ended run() {
        return program("run", "--config", config.toString());
    }
}
