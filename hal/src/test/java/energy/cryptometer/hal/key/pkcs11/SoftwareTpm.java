package energy.cryptometer.hal.key.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;

import energy.cryptometer.hal.key.Pin;
import energy.cryptometer.hal.key.PinSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A TPM 2.0 in software (swtpm) behind tpm2-pkcs11: the real module, its store made by its own
/// tool. It can lose its power at any moment. Tokens are made through the resource manager
/// (tpm2-abrmd); the module then speaks with the TPM itself, or through the resource manager.
final class SoftwareTpm {
    static final String PIN = "518273";

    private static final String SECURITY_OFFICER_PIN = "70918264";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// One message bus for all tests: a program whose bus ends is ended by its D-Bus library.
    private static @Nullable Path bus;

    private final Path folder;
    private final int port;
    private final List<Process> running = new ArrayList<>();
    private @Nullable Process tpm;
    private @Nullable Process resourceManager;

    private SoftwareTpm(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /// A running TPM with an empty store; the module of this process uses it from its next start
    /// on, and speaks with the TPM itself.
    static SoftwareTpm in(Path folder) throws IOException, InterruptedException {
        SoftwareTpm tpm = new SoftwareTpm(folder, freePorts());
        Files.createDirectories(tpm.state());
        Files.createDirectories(tpm.store());
        tpm.plugIn();
        tpm.startResourceManager();
        tpm.run("tpm2_ptool", "init", "--path", tpm.store().toString());
        // Each power cut counts like a wrong PIN, and swtpm would lock at the third.
        tpm.dictionaryAttack(32);
        NativeEnvironment.set("TPM2_PKCS11_STORE", tpm.store().toString());
        NativeEnvironment.set("TPM2_PKCS11_LOG_LEVEL", "0");
        NativeEnvironment.set("TSS2_LOG", "all+NONE");
        return tpm;
    }

    /// The module speaks with the TPM itself from its next start on, as with `/dev/tpmrm0`.
    SoftwareTpm direct() throws IOException, InterruptedException {
        stopResourceManager();
        // What the resource manager left in the TPM would fill its few places.
        unplug();
        plugIn();
        NativeEnvironment.set("TPM2_PKCS11_TCTI", tcti());
        return this;
    }

    /// The module speaks through the resource manager from its next start on.
    SoftwareTpm managed() {
        NativeEnvironment.set("DBUS_SESSION_BUS_ADDRESS", busAddress());
        NativeEnvironment.set("TPM2_PKCS11_TCTI", "tabrmd:bus_type=session");
        return this;
    }

    /// Makes a token; the resource manager has to run.
    SoftwareTpm initToken(String label) throws IOException, InterruptedException {
        run(
                "tpm2_ptool",
                "addtoken",
                "--pid=1",
                "--label=" + label,
                "--sopin=" + SECURITY_OFFICER_PIN,
                "--userpin=" + PIN,
                "--path=" + store());
        return this;
    }

    /// Makes a P-256 key with the module's own tool; the resource manager has to run.
    SoftwareTpm foreignKey(String token, String label) throws IOException, InterruptedException {
        run(
                "tpm2_ptool",
                "addkey",
                "--label=" + token,
                "--userpin=" + PIN,
                "--algorithm=ecc256",
                "--key-label=" + label,
                "--id=01",
                "--path=" + store());
        return this;
    }

    /// Cuts the power.
    void unplug() throws InterruptedException {
        stop(Objects.requireNonNull(tpm));
        tpm = null;
    }

    void plugIn() throws IOException, InterruptedException {
        tpm =
                start(
                        "swtpm",
                        "socket",
                        "--tpm2",
                        "--tpmstate",
                        "dir=" + state(),
                        "--server",
                        "type=tcp,port=%d,bindaddr=127.0.0.1,disconnect=off".formatted(port),
                        "--ctrl",
                        "type=tcp,port=%d,bindaddr=127.0.0.1".formatted(port + 1),
                        "--flags",
                        "not-need-init,startup-clear");
        await("swtpm answers", () -> answers(port + 1));
    }

    void startResourceManager() throws IOException, InterruptedException {
        resourceManager = start("tpm2-abrmd", "--session", "--allow-root", "--tcti=" + tcti());
        await("the resource manager answers", () -> managedProperties() != null);
    }

    void stopResourceManager() throws InterruptedException {
        stop(Objects.requireNonNull(resourceManager));
        resourceManager = null;
    }

    /// Wrong PINs and power cuts that the TPM remembers (TPM_PT_LOCKOUT_COUNTER). Nobody else may
    /// speak with the TPM at that time.
    int lockoutCounter() throws IOException, InterruptedException {
        String properties =
                resourceManager == null
                        ? output(Map.of("TPM2TOOLS_TCTI", tcti()), PROPERTIES)
                        : managedProperties();
        Matcher counter =
                Pattern.compile("TPM2_PT_LOCKOUT_COUNTER: 0x([0-9A-Fa-f]+)")
                        .matcher(String.valueOf(properties));
        if (!counter.find()) {
            throw new IllegalStateException("tpm2_getcap said " + properties);
        }
        return Integer.parseInt(counter.group(1), 16);
    }

    /// How many wrong PINs lock the TPM; each is forgotten after a thousand seconds.
    private void dictionaryAttack(int tries) throws IOException, InterruptedException {
        run(
                "tpm2_dictionarylockout",
                "--setup-parameters",
                "--max-tries=" + tries,
                "--recovery-time=1000",
                "--lockout-recovery-time=1000");
    }

    static Pkcs11Uri uri(String path) {
        return Pkcs11Uri.parse("pkcs11:" + path + "?module-name=tpm2_pkcs11");
    }

    static PinSource pin() {
        return pin(PIN);
    }

    static PinSource pin(String digits) {
        return () -> Pin.of(digits.getBytes(UTF_8), "a test");
    }

    /// Ends every program that was started here.
    void powerOff() throws InterruptedException {
        for (Process process : running.reversed()) {
            stop(process);
        }
    }

    private static final String[] PROPERTIES = {"tpm2_getcap", "properties-variable"};

    private Path state() {
        return folder.resolve("state");
    }

    private Path store() {
        return folder.resolve("store");
    }

    private String tcti() {
        return "swtpm:host=127.0.0.1,port=" + port;
    }

    private @Nullable String managedProperties() throws IOException, InterruptedException {
        return output(managedEnvironment(), PROPERTIES);
    }

    private Map<String, String> managedEnvironment() {
        return Map.of(
                "DBUS_SESSION_BUS_ADDRESS",
                busAddress(),
                "TPM2TOOLS_TCTI",
                "tabrmd:bus_type=session",
                "TPM2_PKCS11_TCTI",
                "tabrmd:bus_type=session",
                "TPM2_PKCS11_STORE",
                store().toString());
    }

    private static synchronized String busAddress() {
        try {
            if (bus == null) {
                Path folder = Files.createTempDirectory("bus");
                folder.toFile().deleteOnExit();
                Path socket = folder.resolve("bus");
                socket.toFile().deleteOnExit();
                Process daemon =
                        new ProcessBuilder(
                                        "dbus-daemon",
                                        "--session",
                                        "--nofork",
                                        "--address=unix:path=" + socket)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start();
                endWithThisProgram(daemon);
                await("the message bus is there", () -> Files.exists(socket));
                bus = socket;
            }
            return "unix:path=" + bus;
        } catch (IOException | InterruptedException problem) {
            throw new AssertionError(NOT_INSTALLED, problem);
        }
    }

    private Process start(String... command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(managedEnvironment());
        Path log = folder.resolve(command[0] + ".log");
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            Process process = builder.start();
            running.add(process);
            endWithThisProgram(process);
            return process;
        } catch (IOException problem) {
            throw new AssertionError(NOT_INSTALLED, problem);
        }
    }

    /// Also when a test fails before it could stop what it started.
    private static void endWithThisProgram(Process process) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            Process _ = process.destroyForcibly();
                        }));
    }

    private static void stop(Process process) throws InterruptedException {
        int _ = process.destroyForcibly().waitFor();
    }

    private void run(String... command) throws IOException, InterruptedException {
        if (output(managedEnvironment(), command) == null) {
            throw new IllegalStateException(command[0] + " failed, see " + folder + "/output.log");
        }
    }

    /// What a program says, or null when it fails.
    private @Nullable String output(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectError(folder.resolve("output.log").toFile());
        Process process;
        try {
            process = builder.start();
        } catch (IOException problem) {
            throw new AssertionError(NOT_INSTALLED, problem);
        }
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return process.waitFor() == 0 ? said : null;
    }

    private static final String NOT_INSTALLED =
            "swtpm or tpm2-pkcs11 is not here: run scripts/setup test";

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(String what, Condition condition)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    private static boolean answers(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    /// Two ports side by side, as the TPM software stack expects them.
    private static int freePorts() throws IOException {
        var random = new Random();
        for (int i = 0; i < 1_000; i++) {
            int port = 20_000 + random.nextInt(12_000);
            try (var one = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    var other = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
                if (one.isBound() && other.isBound()) {
                    return port;
                }
            } catch (IOException _) {
                // One of them is taken: try others.
            }
        }
        throw new IOException("no two free ports side by side");
    }
}
