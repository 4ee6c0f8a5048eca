package energy.cryptometer.hal.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.linux.Descriptor;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is started the way systemd starts one: descriptors from 3 on, announced in the
/// environment.
final class AdoptionTest {
    /// The program that is started.
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            try (Systemd manager = Systemd.ofThisProcess();
                    Arena arena = Arena.ofConfined()) {
                System.out.println(manager.stored().left() + " " + manager.problem());
                for (String name : arguments) {
                    var taken = manager.stored().take(name);
                    if (taken.isPresent()) {
                        try (Descriptor descriptor = taken.get()) {
                            descriptor.write(arena.allocateFrom(name));
                        }
                    }
                    System.out.println(name + " " + taken.isPresent());
                }
                System.out.println(manager.stored().left());
            }
        }
    }

    private static List<String> started(Path folder, String announcement, String... wanted)
            throws IOException, InterruptedException {
        String program =
                "LISTEN_PID=$$ %s exec \"$0\" \"$@\" 3>>%s 4>>%s"
                        .formatted(announcement, folder.resolve("three"), folder.resolve("four"));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "/bin/sh",
                                "-c",
                                program,
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Program.class.getName()));
        command.addAll(List.of(wanted));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = process.inputReader()) {
            List<String> all = lines.lines().toList();
            assertThat(process.waitFor()).isZero();
            return all;
        }
    }

    @Test
    void whatIsAnnouncedIsAdoptedByName(@TempDir Path folder)
            throws IOException, InterruptedException {
        assertThat(
                        started(
                                folder,
                                "LISTEN_FDS=2 LISTEN_FDNAMES=gpio-1-line:gpio-1-ring",
                                "gpio-1-ring",
                                "gpio-1-ring"))
                .containsExactly(
                        "[gpio-1-line, gpio-1-ring] Optional.empty",
                        "gpio-1-ring true",
                        "gpio-1-ring false",
                        "[gpio-1-line]");
        assertThat(Files.readAllBytes(folder.resolve("three"))).isEmpty();
        assertThat(Files.readString(folder.resolve("four"))).isEqualTo("gpio-1-ring\0");
    }

    @Test
    void twoOfOneNameAreNobodys(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(started(folder, "LISTEN_FDS=2 LISTEN_FDNAMES=same:same", "same"))
                .containsExactly("[same] Optional.empty", "same false", "[]");
    }
}
