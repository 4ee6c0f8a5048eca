package energy.cryptometer.hal.systemd;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/// A service manager in another process, written in Python.
final class NotifyReceiver implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    NotifyReceiver(String address) throws IOException, URISyntaxException {
        Path script = Path.of(Objects.requireNonNull(getClass().getResource("manager.py")).toURI());
        process =
                new ProcessBuilder("/usr/bin/python3", script.toString(), address)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        lines = process.inputReader();
        if (!"listening".equals(next())) {
            throw new AssertionError("the manager does not listen; install python3");
        }
    }

    /// The next datagram as a line of JSON.
    String next() throws IOException {
        return Objects.requireNonNull(lines.readLine(), "the manager is gone");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
