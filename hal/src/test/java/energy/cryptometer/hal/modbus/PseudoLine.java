package energy.cryptometer.hal.modbus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A serial line that is no wire: two pseudo-terminals joined by `socat`. The program under test
/// opens [#masterEnd], a slave opens [#slaveEnd].
public final class PseudoLine implements AutoCloseable {
    public static final String INSTALL =
            "serial tests need: apt-get install socat python3-pymodbus python3-serial"
                    + " python3-serial-asyncio";

    private static final Duration ENOUGH = Duration.ofSeconds(30);

    private final Path directory;
    private Process socat;

    public PseudoLine(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        socat = start();
    }

    public String masterEnd() {
        return directory.resolve("master").toString();
    }

    public String slaveEnd() {
        return directory.resolve("slave").toString();
    }

    /// Pulls the adapter out.
    public void unplug() throws InterruptedException {
        socat.destroy();
        socat.waitFor();
    }

    /// Plugs it in again.
    public void plugIn() throws IOException, InterruptedException {
        socat = start();
    }

    /// From now on the adapter hears what it sends, as some transceivers do. The slave must have
    /// opened its end, since a program that opens a terminal usually switches this off.
    public void echo() throws InterruptedException {
        if (run("stty", "-F", slaveEnd(), "echo").waitFor() != 0) {
            throw new AssertionError("stty does not switch on the echo; " + INSTALL);
        }
    }

    private Process start() throws IOException, InterruptedException {
        Process process =
                run(
                        "socat",
                        "pty,raw,echo=0,link=" + masterEnd(),
                        "pty,raw,echo=0,link=" + slaveEnd());
        long deadline = System.nanoTime() + ENOUGH.toNanos();
        while (!Files.exists(Path.of(masterEnd())) || !Files.exists(Path.of(slaveEnd()))) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new AssertionError("socat made no pseudo-terminals; " + INSTALL);
            }
            Thread.sleep(5);
        }
        return process;
    }

    /// Starts a tool; its complaints go to our own standard error.
    public static Process run(String... command) {
        try {
            return new ProcessBuilder(List.of(command))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(command[0] + " does not start; " + INSTALL, e);
        }
    }

    @Override
    public void close() {
        socat.destroy();
        socat.onExit().join(); // it takes its links away before it ends
    }
}
