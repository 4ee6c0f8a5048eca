package energy.cryptometer.provisioning.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.command.Json;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.unit.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as a process of its own, with SoftHSM2 as the token.
@Tag("token")
class TokenTest {
    private static final String PIN = "648219";
    private static final String URI = "pkcs11:token=site;object=%s?module-name=softhsm2";

    @TempDir private Path folder;

    @BeforeEach
    void aTokenIsPluggedIn() throws IOException, InterruptedException {
        Path tokens = Files.createDirectory(folder.resolve("tokens"));
        Files.writeString(
                folder.resolve("softhsm2.conf"), "directories.tokendir = %s%n".formatted(tokens));
        Path pin = Files.writeString(folder.resolve("pin"), PIN + "\n");
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("r--------"));
        run(
                List.of(
                        "softhsm2-util",
                        "--init-token",
                        "--free",
                        "--label",
                        "site",
                        "--pin",
                        PIN,
                        "--so-pin",
                        "90817263"));
    }

    private Run run(List<String> command) throws IOException, InterruptedException {
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        var builder = new ProcessBuilder(command);
        builder.environment().put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        Process process = builder.start();
        int exitCode;
        try {
            exitCode = process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        return new Run(exitCode, Files.readString(out), Files.readString(err));
    }

    private Run provision(Object... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ProvisionMain.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return run(command);
    }

    @Test
    void anInstallerEnrolsATokenAndItsMeterJoins()
            throws IOException, InterruptedException, MalformedException {
        Path pin = folder.resolve("pin");
        String uri = URI.formatted("meter-b");
        Run made = provision("key", "init", "--uri", uri, "--pin-file", pin, "--json");
        assertThat(made.exitCode()).as(made.err()).isZero();
        Json key = Json.readObject(made.out(), "output");
        assertThat(key.text("kind")).isEqualTo("token");
        assertThat(made.out() + made.err()).doesNotContain(PIN);
        Run shown = provision("key", "show", "--uri", uri, "--pin-file", pin, "--json");
        assertThat(Json.readObject(shown.out(), "output").text("account"))
                .isEqualTo(key.text("account"));
        Run again = provision("key", "init", "--uri", uri, "--pin-file", pin);
        assertThat(again.exitCode()).isEqualTo(73);

        Path file =
                Files.writeString(
                        folder.resolve("community.toml"),
                        Description.TABLE_ONE
                                .replace(
                                        "[community]", "[community]\nhardware_keys_required = true")
                                .replace("constant = 1000", "constant = 1000\n" + token("meter-a"))
                                .replace("constant = 800", "constant = 800\n" + token("meter-b")),
                        UTF_8);
        Path out = folder.resolve("street");
        Run created = provision("community", "init", "--file", file, "--out", out, "--json");
        assertThat(created.exitCode()).as(created.err()).isZero();
        assertThat(created.err()).isEmpty();
        Genesis genesis = GenesisCodec.decode(Files.readAllBytes(out.resolve("genesis.cbor")));
        assertThat(genesis.policy().hardwareKeysRequired()).isTrue();
        assertThat(genesis.meter(AccountId.ofHex(key.text("account"))))
                .as("the key that is there is used")
                .isPresent();
        Json meter = Json.readObject(created.out(), "output").object("accounts").object("A");
        assertThat(meter.text("keyKind")).as("a missing key is made").isEqualTo("token");
        assertThat(out.resolve("meters/A/key.p12")).doesNotExist();
        assertThat(Files.readString(out.resolve("meters/A/cryptometer.toml")))
                .contains("pkcs11 = \"pkcs11:", "pin_file = \"" + pin + "\"");
    }

    private static String token(String label) {
        return "pkcs11 = \"%s\"\npin_file = \"pin\"".formatted(URI.formatted(label));
    }
}
