package energy.cryptometer.hal.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.systemd.Systemd;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is started the way systemd starts one: with the descriptors it keeps, and with
/// the folders of the service.
final class SystemdInputStoreTest {
    private static final String NOTE =
            "boot=3a8fd31a-7b2e-4b0a-9a55-0f5b8a1f00aa\nsince=7\ninput=the input\n";

    @TempDir Path folder = Path.of("");

    /// The program that is started.
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            try (Systemd manager = Systemd.ofThisProcess()) {
                System.out.println(
                        new SystemdInputStore(manager, "chip-3")
                                .take()
                                .map(left -> left.getClass().getSimpleName())
                                .orElse("nothing"));
                SystemdInputStore.forgetOthers(manager);
            }
        }
    }

    private String taken(String names) throws IOException, InterruptedException {
        int count = names.split(":", -1).length;
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "/bin/sh",
                                "-c",
                                "LISTEN_PID=$$ LISTEN_FDS=%d LISTEN_FDNAMES=%s exec \"$0\" \"$@\" 3</dev/null 4</dev/null"
                                        .formatted(count, names),
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Program.class.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("STATE_DIRECTORY", folder.toString());
        builder.environment().put("RUNTIME_DIRECTORY", folder + ":/nowhere");
        Process process = builder.start();
        try (BufferedReader lines = process.inputReader()) {
            String said = lines.readLine();
            assertThat(process.waitFor()).isZero();
            return said;
        }
    }

    @Test
    void aLineAndItsRingWereRead() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("chip-3.held"), NOTE);
        assertThat(taken("gpio-chip-3-line:gpio-chip-3-ring")).isEqualTo("Kept");
    }

    @Test
    void aLineWithANoteIsHeld() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("chip-3.held"), NOTE);
        assertThat(taken("gpio-chip-3-line")).isEqualTo("Held");
    }

    @Test
    void aLineWithoutRingAndNoteIsNotBelieved() throws IOException, InterruptedException {
        assertThat(taken("gpio-chip-3-line")).isEqualTo("nothing");
    }

    @Test
    void aRingAloneIsNotBelieved() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("chip-3.held"), NOTE);
        assertThat(taken("gpio-chip-3-ring")).isEqualTo("nothing");
    }

    @Test
    void aLineThatIsNoLongerConfiguredIsNotRequestedAtTheNextBoot()
            throws IOException, InterruptedException {
        Path plans = Files.createDirectory(folder.resolve("inputs"));
        Path old = Files.createFile(plans.resolve("chip-4"));
        Path ours = Files.createFile(plans.resolve("chip-3"));
        taken("gpio-chip-4-line");
        assertThat(old).doesNotExist();
        assertThat(ours).exists();
    }
}
