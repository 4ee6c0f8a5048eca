package energy.cryptometer.demo.process;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The project's own programs as processes of this machine: those that end by themselves, and those
/// that run until they are stopped. Whatever was started is stopped, by its process id, when this
/// is closed.
public final class Processes implements AutoCloseable {
    private static final Duration LONGEST_RUN = Duration.ofMinutes(2);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Path bin;
    private final Path folder;
    private final Map<String, String> environment;
    private final Map<String, Process> running = new LinkedHashMap<>();

    /// @param bin folder of the launchers
    /// @param folder where each program's log goes
    public Processes(Path bin, Path folder, Map<String, String> environment) {
        this.bin = bin;
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /// Runs a program to its end and gives its standard output; its standard error goes to its log.
    ///
    /// Its arguments may hold a PIN and are never repeated.
    ///
    /// @throws CommandFailure if it does not end in time or fails
    public String run(String program, List<String> arguments) {
        try {
            Process process = builder(program, program, arguments).start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new CommandFailure(
                        ExitCode.UNAVAILABLE,
                        "%s did not end within %s".formatted(program, LONGEST_RUN));
            }
            requireSuccess(program, process.exitValue());
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TEMPORARY, "interrupted");
        }
    }

    private void requireSuccess(String program, int exitCode) {
        if (exitCode != 0) {
            throw new CommandFailure(
                    ExitCode.SOFTWARE,
                    "%s ended with exit code %d: %s"
                            .formatted(program, exitCode, lastLogLine(program)));
        }
    }

    /// Starts a program that runs until it is killed or this is closed.
    public void start(String name, String program, List<String> arguments) {
        try {
            ProcessBuilder builder = builder(name, program, arguments);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
            Process process = builder.start();
            process.getOutputStream().close();
            running.put(name, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it by SIGKILL: it can write nothing more.
    public void kill(String name) {
        Process process = running.remove(name);
        if (process == null) {
            throw new IllegalStateException(name + " is not running");
        }
        process.destroyForcibly();
        await(process);
    }

    /// Checks that no program has ended by itself.
    ///
    /// @throws CommandFailure if one has
    public void requireRunning() {
        running.forEach((name, process) -> {
            if (!process.isAlive()) {
                throw new CommandFailure(
                        ExitCode.SOFTWARE,
                        "%s ended by itself with exit code %d: %s"
                                .formatted(name, process.exitValue(), lastLogLine(name)));
            }
        });
    }

    private ProcessBuilder builder(String name, String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        Path own = bin.resolve(program);
        command.add(Files.isExecutable(own) ? own.toString() : program);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
        return builder;
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private String lastLogLine(String name) {
        try {
            List<String> lines = Files.readAllLines(log(name));
            return lines.isEmpty() ? "it said nothing" : lines.getLast();
        } catch (IOException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                int _ = process.waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        running.values().forEach(Process::destroy);
        running.values().forEach(Processes::await);
        running.clear();
    }
}
