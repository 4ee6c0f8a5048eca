package energy.cryptometer.provisioning.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.command.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTest {
    @TempDir private Path folder;

    @Test
    void aKeyThatIsMadeIsShownAgain() throws Exception {
        Path own = folder.resolve("own");
        Run made = Run.provision("key", "init", "--out", own, "--json");
        assertThat(made.exitCode()).isZero();
        Run shown =
                Run.provision(
                        "key",
                        "show",
                        "--file",
                        own.resolve("key.p12"),
                        "--pin-file",
                        own.resolve("pin"),
                        "--json");
        assertThat(shown.out()).isEqualTo(made.out());
        Json key = Json.readObject(shown.out(), "output");
        assertThat(key.text("publicKey")).matches("0[23][0-9a-f]{64}");
        assertThat(key.text("account")).matches("[0-9a-f]{64}").startsWith(key.text("keyId"));
        assertThat(key.text("kind")).isEqualTo("trial: software key");
        assertThat(shown.out()).doesNotContain(Files.readString(own.resolve("pin")).strip());
    }

    @Test
    void aKeyIsNeverOverwritten() throws Exception {
        Path own = folder.resolve("own");
        assertThat(Run.provision("key", "init", "--out", own).exitCode()).isZero();
        byte[] before = Files.readAllBytes(own.resolve("key.p12"));
        Run again = Run.provision("key", "init", "--out", own);
        assertThat(again.exitCode()).isEqualTo(73);
        assertThat(again.err()).contains("exists already and keys are never overwritten");
        assertThat(Files.readAllBytes(own.resolve("key.p12"))).isEqualTo(before);
    }

    @Test
    void aWrongPinIsOneLineAndSeventySeven() {
        Path own = folder.resolve("own");
        Path other = folder.resolve("other");
        Run.provision("key", "init", "--out", own);
        Run.provision("key", "init", "--out", other);
        Run run =
                Run.provision(
                        "key",
                        "show",
                        "--file",
                        own.resolve("key.p12"),
                        "--pin-file",
                        other.resolve("pin"));
        assertThat(run.exitCode()).isEqualTo(77);
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void aMissingTokenOrPinIsSaidInWords() {
        Run noModule =
                Run.provision(
                        "key",
                        "init",
                        "--uri",
                        "pkcs11:token=a;object=b?module-path=/nowhere/p11.so",
                        "--pin-file",
                        folder.resolve("pin"));
        assertThat(noModule.exitCode()).isEqualTo(69);
        assertThat(noModule.err().lines()).hasSize(1);
        Run noPin = Run.provision("key", "show", "--uri", "pkcs11:token=a;object=b");
        assertThat(noPin.exitCode()).isEqualTo(64);
        assertThat(noPin.err()).contains("no PIN is named");
        assertThat(Run.provision("key", "init").exitCode()).isEqualTo(64);
        Run both = Run.provision("key", "init", "--out", folder, "--uri", "pkcs11:object=b");
        assertThat(both.exitCode()).isEqualTo(64);
    }

    @Test
    void helpTeachesByExample() {
        assertThat(Run.provision("--help").out()).contains("community init --file");
        assertThat(Run.provision("community", "init", "--help").out())
                .contains("[[participant]]", "share_ppm", "--json");
        assertThat(Run.provision("key", "init", "--help").out()).contains("--uri 'pkcs11:");
    }
}
