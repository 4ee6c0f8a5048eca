package energy.cryptometer.hal.key.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;

import energy.cryptometer.hal.key.Pin;
import energy.cryptometer.hal.key.PinSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A SoftHSM2 with its own token folder: the real module, initialised by its own tool.
public final class SoftHsm {
    public static final String PIN = "648219";

    private static final String SECURITY_OFFICER_PIN = "90817263";

    private final Path folder;

    private SoftHsm(Path folder) {
        this.folder = folder;
    }

    /// An empty store in this folder; the module uses it from its next start on.
    public static SoftHsm in(Path folder) throws IOException {
        var hsm = new SoftHsm(folder);
        Files.createDirectories(hsm.tokens());
        Files.writeString(
                hsm.configuration(),
                "directories.tokendir = %s%nobjectstore.backend = file%nlog.level = ERROR%n"
                        .formatted(hsm.tokens()));
        NativeEnvironment.set("SOFTHSM2_CONF", hsm.configuration().toString());
        return hsm;
    }

    /// Where the tokens are kept.
    Path tokens() {
        return folder.resolve("tokens");
    }

    private Path configuration() {
        return folder.resolve("softhsm2.conf");
    }

    static Path module() {
        return Stream.of(
                        "/usr/lib/softhsm/libsofthsm2.so",
                        "/usr/lib64/pkcs11/libsofthsm2.so",
                        "/usr/lib/pkcs11/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(SoftHsm::notInstalled);
    }

    public SoftHsm initToken(String label) throws IOException, InterruptedException {
        run(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                label,
                "--pin",
                PIN,
                "--so-pin",
                SECURITY_OFFICER_PIN);
        return this;
    }

    /// Makes a key with a tool that is not ours.
    void foreignKey(String token, String label, String id, String... more)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--keypairgen", "--usage-sign"));
        arguments.addAll(List.of("--label", label, "--id", id));
        arguments.addAll(List.of(more));
        pkcs11Tool(token, arguments);
    }

    void pkcs11Tool(String token, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("pkcs11-tool", "--module"));
        command.addAll(List.of(module().toString(), "--token-label", token));
        command.addAll(List.of("--login", "--pin", PIN));
        command.addAll(arguments);
        run(command.toArray(String[]::new));
    }

    private void run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SOFTHSM2_CONF", configuration().toString());
        Process process;
        try {
            process = builder.start();
        } catch (IOException _) {
            throw notInstalled();
        }
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command[0] + ": " + output);
        }
    }

    private static AssertionError notInstalled() {
        return new AssertionError("SoftHSM2 is not here: apt-get install softhsm2 opensc");
    }

    static Pkcs11Uri uri(String path) {
        return Pkcs11Uri.parse("pkcs11:" + path + "?module-path=" + module());
    }

    public static PinSource pin() {
        return pin(PIN);
    }

    static PinSource pin(String digits) {
        return () -> Pin.of(digits.getBytes(UTF_8), "a test");
    }
}
