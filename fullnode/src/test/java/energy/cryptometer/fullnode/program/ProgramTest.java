package energy.cryptometer.fullnode.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.command.Json;
import energy.cryptometer.fullnode.chain.NodeFile;
import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.rule.BlockRules;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.store.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The program as its operator meets it: every failure is one clear line and an exit code.
@Timeout(120)
class ProgramTest {
    @TempDir Path folder;
    private Premises premises;

    @BeforeEach
    void moveIn() throws IOException {
        premises = new Premises(folder);
    }

    @Test
    void aNodeRunsUntilSigtermIsLookedAtAndCopied()
            throws IOException, InterruptedException, MalformedException {
        premises.configure("127.0.0.1:" + freePort());
        Process process = start();
        Premises.Ended locked;
        try (BufferedReader ears = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(NodeChild.hear(ears, "started"))
                    .contains("community=" + premises.genesis.community())
                    .contains("key=\"trial: software key\"");
            String _ = NodeChild.hear(ears, "block height=2");
            locked = premises.run();
            Json status =
                    Json.readObject(
                            Premises.program(
                                            "status",
                                            "--config",
                                            premises.config.toString(),
                                            "--json")
                                    .out(),
                            "status");
            assertThat(status.integer("height")).isGreaterThanOrEqualTo(2);
            assertThat(status.bool("answering")).isTrue();
            Premises.Ended copied = export(folder.resolve("copy"));
            assertThat(copied.code()).isZero();
            assertThat(process.toHandle().destroy()).isTrue();
            assertThat(NodeChild.hear(ears, "stopped")).contains("height=");
        }
        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(locked.code()).isEqualTo(75);
        assertThat(locked.err()).contains("in use by another program (pid " + process.pid() + ")");
        readCopy(folder.resolve("copy"));
        Premises.Ended again = export(folder.resolve("copy"));
        assertThat(again.code()).isEqualTo(73);
        assertThat(again.err()).contains("is not empty");
    }

    private void readCopy(Path copy) throws IOException, MalformedException {
        assertThat(GenesisCodec.decode(Files.readAllBytes(copy.resolve("genesis.cbor"))))
                .isEqualTo(premises.genesis);
        byte[] headers = Files.readAllBytes(copy.resolve("headers.cbor"));
        CborReader reader = new CborReader(headers);
        BlockRules rules = new BlockRules(premises.genesis);
        ChainState chain = ChainState.of(premises.genesis);
        for (long height = 1; Files.exists(block(copy, height)); height++) {
            Block block =
                    Block.decode(
                            Files.readAllBytes(block(copy, height)), premises.genesis.community());
            assertThat(SignedHeader.read(reader, premises.genesis.community()))
                    .isEqualTo(new SignedHeader(block.header(), block.certificate()));
            if (rules.append(chain, block)
                    instanceof Outcome.Accepted<ChainState>(ChainState next)) {
                chain = next;
            }
        }
        reader.end("headers");
        assertThat(chain.tip().height()).isGreaterThanOrEqualTo(new Height(2));
        assertThat(Objects.requireNonNull(copy.resolve("blocks").toFile().list()))
                .hasSize((int) chain.tip().height().value());
    }

    private static Path block(Path copy, long height) {
        return copy.resolve("blocks/%010d.cbor".formatted(height));
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            premises.configure("127.0.0.1:" + taken.getLocalPort());
            failsWith(69, "port " + taken.getLocalPort() + " on ", "is in use");
        }
    }

    @Test
    void aWrongPinIsNamed() throws IOException {
        String _ = premises.secret("node.pin", "0987654321").toString();
        failsWith(77, "node.p12", "refused its password");
    }

    @Test
    void aMissingGenesisIsNamed() throws IOException {
        Files.delete(folder.resolve("genesis.cbor"));
        failsWith(78, "cannot read genesis", "does not exist");
    }

    @Test
    void aMalformedGenesisIsNamed() throws IOException {
        byte[] genesis = Files.readAllBytes(folder.resolve("genesis.cbor"));
        genesis[genesis.length - 1] ^= 1;
        Files.write(folder.resolve("genesis.cbor"), genesis);
        failsWith(78, "genesis signature by its authority");
    }

    @Test
    void theStoreOfAnotherCommunityIsNamed() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Premises neighbour = new Premises(other);
        Path store = folder.resolve("node.sqlite");
        NodeFile.open(store, neighbour.genesis, new byte[0]).close();
        failsWith(78, "belongs to another community");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() throws IOException {
        String text = Files.readString(premises.config);
        Files.writeString(premises.config, text.replace("node.sqlite", "nowhere/node.sqlite"));
        failsWith(74, "its directory does not exist");
    }

    @Test
    void aDamagedStoreIsNamed() throws IOException {
        Files.writeString(
                folder.resolve("node.sqlite"), "not SQLite at all, but long enough".repeat(50));
        failsWith(65, "damaged or not a SQLite file");
    }

    @Test
    void aKeyThatIsNotTheNodesIsNamed() throws IOException {
        String text = Files.readString(premises.config);
        Files.writeString(
                premises.config,
                text.replace("node.p12", "plant.p12").replace("node.pin", "plant.pin"));
        failsWith(78, "[key] is ", "give that node's key");
    }

    @Test
    void aSecretThatIsNotTheNodesIsNamed() throws IOException {
        String _ = premises.secret("node.vrf", "01".repeat(32)).toString();
        failsWith(78, "[vrf] secret_file holds another secret");
        String _ = premises.secret("node.vrf", "01".repeat(31)).toString();
        failsWith(78, "is not 64 hexadecimal digits");
    }

    @Test
    void aPlantKeyThatIsNotThePlantsIsNamed() throws IOException {
        String text = Files.readString(premises.config);
        Files.writeString(
                premises.config,
                text.replace("plant.p12", "node.p12").replace("plant.pin", "node.pin"));
        failsWith(78, "[plant] is ", "leave the section out");
    }

    @Test
    void aCommunityOfSeveralNodesIsNotRunHalfway() throws IOException {
        Path many = Files.createDirectory(folder.resolve("many"));
        Premises.Ended ended = new Premises(many, 4).run();
        assertThat(ended.code()).isEqualTo(78);
        assertThat(ended.err()).contains("names 4 nodes; this version decides alone");
    }

    @Test
    void everyProblemOfTheConfigurationIsToldAtOnce() throws IOException {
        Files.writeString(
                premises.config,
                """
                [node]
                genesis = 5
                listen = "nowhere"
                colour = "blue"
                [key]
                trial_key = "node.p12"
                [limits]
                mempool_per_meter = 0
                """);
        Premises.Ended ended = premises.run();
        assertThat(ended.code()).isEqualTo(78);
        assertThat(ended.err())
                .contains("node.genesis", "node.listen", "node.colour", "node.store")
                .contains("pin_file", "limits.mempool_per_meter", "section [vrf] is missing");
    }

    @Test
    void aStatusNeedsNoRunningNode() throws IOException {
        Premises.Ended never = status();
        assertThat(never.code()).isEqualTo(74);
        assertThat(never.err()).contains("is not there; start its program once");
        try (Database database =
                NodeFile.open(folder.resolve("node.sqlite"), premises.genesis, new byte[0])) {
            assertThat(database.check()).isEmpty();
        }
        Premises.Ended ended = status();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("height 0").contains("does not answer");
    }

    private Premises.Ended status() {
        return Premises.program("status", "--config", premises.config.toString());
    }

    private Premises.Ended export(Path to) {
        return Premises.program(
                "export", "--config", premises.config.toString(), "--out", to.toString());
    }

    private void failsWith(int code, String... words) {
        Premises.Ended ended = premises.run();
        assertThat(ended.err()).contains(words);
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.code()).isEqualTo(code);
        assertThat(ended.out()).isEmpty();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-Dorg.sqlite.tmpdir=" + Path.of("target").toAbsolutePath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeMain.class.getName(),
                        "run",
                        "--config",
                        premises.config.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
