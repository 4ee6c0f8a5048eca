package energy.cryptometer.fullnode.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.rule.ScriptedMeter;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.message.Accepted;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The node under the hands of another implementation: libcoap's command-line client.
@Tag("coap")
@Timeout(60)
class LibcoapTest {
    @TempDir Path folder;
    private TestNode node;

    @BeforeEach
    void start() {
        node = TestNode.in(folder);
        node.clock.set(SmallCommunity.ORIGIN.plus(Duration.ofMinutes(15)).plusSeconds(25));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void libcoapPostsABatchFromAFileAndFetchesTheBlockThatHoldsIt()
            throws IOException, InterruptedException, MalformedException {
        List<SignedTransaction> pulses =
                new ScriptedMeter(node.genesis, node.community.meterA)
                        .pulses(300, SmallCommunity.ORIGIN, 100);
        Path batch = Files.write(folder.resolve("batch"), new Batch(pulses).encode());
        byte[] accepted = fetch("/tx", "-m", "post", "-t", "60", "-f", batch.toString());
        assertThat(Accepted.decode(accepted)).isEqualTo(new Accepted(300));
        assertThat(node.closeDue()).isOne();

        Block block = Block.decode(fetch("/block?height=1"), node.genesis.community());
        assertThat(block.body().transactions()).isEqualTo(pulses);
        assertThat(SignedHeader.decode(fetch("/head"), node.genesis.community()))
                .isEqualTo(new SignedHeader(block.header(), block.certificate()));
    }

    @Test
    void libcoapFindsEveryResource() throws IOException, InterruptedException {
        String links = new String(fetch("/.well-known/core"), StandardCharsets.UTF_8);
        assertThat(links)
                .contains("</tx>", "</head>", "</headers>", "</block>", "</chain>", "</state>")
                .contains("</proof/tx>", "</proof/chain>", "</proof/header>", "</genesis>")
                .contains("</health>", "rt=\"cryptometer.tx\"", "ct=60", "ct=50", "sz=65536", "obs")
                .contains("title=\"newest approved header\"");
    }

    @Test
    void libcoapSeesTheCodesOfRefusals() throws IOException, InterruptedException {
        assertThat(said("/tx", "-m", "post", "-t", "50", "-e", "{}")).contains("4.15");
        assertThat(said("/tx", "-m", "post", "-t", "60", "-e", "xx")).contains("4.00");
        assertThat(said("/tx")).contains("4.05");
        assertThat(said("/block?height=7")).contains("4.04", "no block of height 7");
        assertThat(said("/block", "-A", "50")).contains("4.06");
    }

    @Test
    void libcoapObservesTheHead() throws IOException, InterruptedException {
        assertThat(node.closeDue()).isOne();
        Process process = start("-w", "-s", "30", "-v", "6", uri("/head"));
        try (BufferedReader lines = process.inputReader(StandardCharsets.ISO_8859_1)) {
            for (int n = 1; n <= 3; n++) {
                awaitHead(lines);
                node.clock.advance(Duration.ofMinutes(15));
                assertThat(node.closeDue()).isOne();
            }
        } finally {
            process.destroy();
        }
        assertThat(node.node().chain().head()).isEqualTo(new Height(4));
    }

    /// A head is bytes; the log of the client names its 2.05.
    private static void awaitHead(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains("2.05")) {
            line = lines.readLine();
        }
        assertThat(line).isNotNull();
    }

    private String uri(String path) {
        return "coap://127.0.0.1:" + node.address().port() + path;
    }

    private byte[] fetch(String path, String... options) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-o", output.toString(), uri(path)));
        Process process = start(all.toArray(String[]::new));
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return Files.readAllBytes(output);
    }

    private String said(String path, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(options));
        all.add(uri(path));
        Process process = start(all.toArray(String[]::new));
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int _ = process.waitFor();
        return said;
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(tool().toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static Path tool() {
        for (String directory : System.getenv("PATH").split(":", -1)) {
            for (String name : List.of("coap-client-notls", "coap-client")) {
                if (Files.isExecutable(Path.of(directory, name))) {
                    return Path.of(directory, name);
                }
            }
        }
        throw new AssertionError("coap-client is missing: install Debian's package libcoap3-bin");
    }
}
