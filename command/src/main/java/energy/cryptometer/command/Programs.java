package energy.cryptometer.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Runs a program's picocli command so that every way to fail ends in clear words on standard error
/// and an exit code of [ExitCode]. Adds `--help`, `--version` and `--stack-trace` to every command.
///
/// Commands are `Callable<Integer>` or `Runnable`; a subcommand's constructor takes nothing or the
/// [Terminal]. They write to `spec.commandLine().getOut()` and throw [CommandFailure].
public final class Programs {
    private static final String STACK_TRACE = "--stack-trace";
    private static final int HELP_WIDTH = 100;

    private Programs() {}

    /// Runs the command and ends the process with its exit code: the last line of a `main`.
    public static void main(Object command, String... arguments) {
        System.exit(run(command, Terminal.ofProcess(), arguments));
    }

    /// Runs the command and gives the exit code; never throws for what a user, a file or a device
    /// did.
    public static int run(Object command, Terminal terminal, String... arguments) {
        CommandLine line = prepared(command, terminal);
        int code;
        try {
            code = line.execute(arguments);
        } catch (StackOverflowError | LinkageError broken) {
            code = fail(broken, terminal.err(), List.of(arguments).contains(STACK_TRACE));
        }
        terminal.err().flush();
        if (terminal.out().checkError() && code == ExitCode.OK.code()) {
            terminal.err().println("standard output cannot be written: is the disk full?");
            return ExitCode.IO.code();
        }
        return code;
    }

    /// The command with all that is added to it here: also for what describes it, such as the
    /// completion of a shell.
    public static CommandLine prepared(Object command, Terminal terminal) {
        CommandLine line = new CommandLine(command, new Commands(terminal));
        equip(line);
        Help.Ansi ansi = terminal.colours() ? Help.Ansi.ON : Help.Ansi.OFF;
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setParameterExceptionHandler((problem, _) -> refuse(problem))
                .setExecutionExceptionHandler((problem, at, parsed) ->
                        fail(problem, at.getErr(), parsed.originalArgs().contains(STACK_TRACE)));
    }

    private static void equip(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        spec.addMixin("common", CommandSpec.forAnnotatedObject(new CommonOptions()));
        spec.versionProvider(() -> new String[] {spec.root().name() + " " + Version.current()});
        spec.usageMessage().sortOptions(false);
        line.getSubcommands().values().forEach(Programs::equip);
    }

    /// Makes subcommands, and hands the terminal to those that ask for it.
    private record Commands(Terminal terminal) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (Arrays.equals(
                        constructor.getParameterTypes(), new Class<?>[] {Terminal.class})) {
                    constructor.setAccessible(true);
                    return type.cast(constructor.newInstance(terminal));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }

    private static int refuse(ParameterException problem) {
        CommandLine at = problem.getCommandLine();
        String name = at.getCommandSpec().qualifiedName();
        PrintWriter err = at.getErr();
        err.println(name + ": " + problem.getMessage());
        if (problem instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                err.println("Did you mean: " + String.join(", ", near) + "?");
            }
        }
        err.println("'" + name + " --help' shows what it takes.");
        return ExitCode.USAGE.code();
    }

    private static int fail(Throwable problem, PrintWriter err, boolean stackTrace) {
        CommandFailure failure = inWords(problem);
        err.println(
                failure == null
                        ? "internal error: %s; run with %s for details"
                                .formatted(CommandFailure.oneLine(problem.toString()), STACK_TRACE)
                        : failure.text());
        if (stackTrace) {
            problem.printStackTrace(err);
        }
        return (failure == null ? ExitCode.SOFTWARE : failure.exitCode()).code();
    }

    private static @Nullable CommandFailure inWords(Throwable problem) {
        return switch (problem) {
            case CommandFailure failure -> failure;
            case UncheckedIOException io ->
                    CommandFailure.of(
                            "reading or writing failed", Objects.requireNonNull(io.getCause()));
            case IOException io -> CommandFailure.of("reading or writing failed", io);
            default -> CommandFailure.of(problem).orElse(null);
        };
    }
}
