package energy.cryptometer.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our server under the hands of another implementation: libcoap's command-line client.
@Tag("coap")
@Timeout(60)
class LibcoapInteropTest {
    @TempDir private Path directory;
    private final AtomicInteger height = new AtomicInteger(1);
    private CoapServer server;

    @BeforeEach
    void start() {
        ResourceAttributes plain = ResourceAttributes.titled("for libcoap");
        server =
                CoapServer.bind(Bodies.anyPort(), TransportSecurity.plain(), Bodies.LIMITS)
                        .resource(
                                "/body",
                                plain.type("cm.body").format(60),
                                CoapHandler.forGet(request ->
                                        CoapResponse.content(
                                                60,
                                                Bodies.bytes(
                                                        Integer.parseInt(
                                                                request.query()
                                                                        .getOrDefault(
                                                                                "bytes", "3"))))))
                        .resource(
                                "/echo",
                                plain,
                                CoapHandler.forPost(
                                        60, request -> CoapResponse.changed(60, request.payload())))
                        .resource(
                                "/head",
                                plain.canBeObserved(),
                                _ ->
                                        CoapResponse.content(
                                                0,
                                                ("height " + height.get() + "\n")
                                                        .getBytes(StandardCharsets.UTF_8)));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1024, 1025, 100_000})
    void libcoapFetchesABodyOfAnySize(int bytes) throws IOException, InterruptedException {
        assertThat(fetch("/body?bytes=" + bytes)).isEqualTo(Bodies.bytes(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"16", "64", "256"})
    void libcoapMayAskForSmallerBlocks(String blockSize) throws IOException, InterruptedException {
        assertThat(fetch("/body?bytes=5000", "-b", blockSize)).isEqualTo(Bodies.bytes(5000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1024, 1025, 100_000})
    void libcoapPostsABodyOfAnySize(int bytes) throws IOException, InterruptedException {
        Path body = Files.write(directory.resolve("body"), Bodies.bytes(bytes));
        assertThat(fetch("/echo", "-m", "post", "-t", "60", "-f", body.toString()))
                .isEqualTo(Bodies.bytes(bytes));
    }

    @Test
    void libcoapIsToldThatItsBodyIsTooLarge() throws IOException, InterruptedException {
        Path body = Files.write(directory.resolve("body"), Bodies.bytes(120_001));
        assertThat(said("/echo", "-m", "post", "-t", "60", "-f", body.toString())).contains("4.13");
    }

    @Test
    void libcoapSeesTheCodesOfRefusals() throws IOException, InterruptedException {
        assertThat(said("/nothing")).contains("4.04");
        assertThat(said("/echo")).contains("4.05");
        assertThat(said("/echo", "-m", "post", "-t", "50", "-e", "{}")).contains("4.15");
        assertThat(said("/body?bytes=1&bytes=2")).contains("4.00");
    }

    @Test
    void libcoapFindsTheResources() throws IOException, InterruptedException {
        assertThat(said("/.well-known/core"))
                .contains("</body>", "rt=\"cm.body\"", "ct=60", "</head>", "obs");
        assertThat(said("/.well-known/core?rt=cm.body"))
                .contains("</body>")
                .doesNotContain("</head>");
    }

    @Test
    void libcoapLosesNothingWhenItsFirstAndThirdDatagramAreLost()
            throws IOException, InterruptedException {
        assertThat(fetch("/body?bytes=2000", "-l", "1,3")).isEqualTo(Bodies.bytes(2000));
    }

    @Test
    void libcoapObservesChanges() throws IOException, InterruptedException {
        Process process = start("-w", "-s", "30", uri("/head"));
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (int n = 1; n <= 3; n++) {
                String wanted = "height " + n;
                String line = lines.readLine();
                while (line != null && !line.equals(wanted)) {
                    line = lines.readLine();
                }
                assertThat(line).isEqualTo(wanted);
                height.incrementAndGet();
                server.changed("/head");
            }
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private String uri(String path) {
        return "coap://127.0.0.1:" + server.address().getPort() + path;
    }

    private byte[] fetch(String path, String... options) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
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
