package energy.cryptometer.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Ends a program with words for the person in front of it and an exit code for the shell. No stack
/// trace is shown: the message says what was refused, the value, the limit, and what to do next.
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String text;

    public CommandFailure(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    public CommandFailure(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.text = message;
    }

    /// What [ExitCode#of] knows: its message, on one line, is the words. None for every other
    /// exception.
    public static Optional<CommandFailure> of(Throwable cause) {
        return ExitCode.of(cause)
                .map(code ->
                        new CommandFailure(
                                code, oneLine(String.valueOf(cause.getMessage())), cause));
    }

    static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }

    /// What already says in one line what went wrong: its message is the words.
    public static CommandFailure of(ExitCode exitCode, RuntimeException cause) {
        return new CommandFailure(exitCode, String.valueOf(cause.getMessage()), cause);
    }

    /// A file operation that failed, in words.
    ///
    /// @param doing what was tried, with the file: `cannot write /etc/meter.toml`
    public static CommandFailure of(String doing, IOException problem) {
        return switch (problem) {
            case NoSuchFileException missing ->
                    new CommandFailure(
                            ExitCode.NO_INPUT,
                            "%s: %s does not exist".formatted(doing, missing.getFile()),
                            problem);
            case AccessDeniedException denied ->
                    new CommandFailure(
                            ExitCode.NO_PERMISSION,
                            "%s: no permission for %s".formatted(doing, denied.getFile()),
                            problem);
            case FileAlreadyExistsException there ->
                    new CommandFailure(
                            ExitCode.CANT_CREATE,
                            "%s: %s exists already".formatted(doing, there.getFile()),
                            problem);
            case FileSystemException other ->
                    new CommandFailure(
                            ExitCode.IO,
                            "%s: %s"
                                    .formatted(
                                            doing,
                                            Objects.requireNonNullElse(
                                                    other.getReason(), other.getMessage())),
                            problem);
            default ->
                    new CommandFailure(
                            ExitCode.IO, "%s: %s".formatted(doing, problem.getMessage()), problem);
        };
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    /// The words for standard error; several lines only where a configuration has several problems.
    public String text() {
        return text;
    }
}
