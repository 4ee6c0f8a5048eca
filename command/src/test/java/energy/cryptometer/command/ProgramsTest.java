package energy.cryptometer.command;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.key.KeyException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@NullMarked
class ProgramsTest {
    @Command(name = "tool", subcommands = Act.class, description = "A tool.")
    static final class Tool {}

    @Command(name = "act", description = "Acts.", footer = "Example: tool act --how well")
    static final class Act implements Callable<Integer> {
        @Spec CommandSpec spec = CommandSpec.create();

        private final boolean interactive;

        Act(Terminal terminal) {
            interactive = terminal.interactive();
        }

        @Option(names = "--how", required = true, description = "How it goes.")
        String how = "";

        @Override
        public Integer call() throws IOException {
            switch (how) {
                case "refused" -> throw new CommandFailure(ExitCode.DATA, "x is 5, allowed 1 to 3");
                case "missing" -> throw new NoSuchFileException("a.csv");
                case "denied" -> throw new AccessDeniedException("b.csv");
                case "pin" ->
                        throw new KeyException(KeyException.Reason.WRONG_PIN, "The PIN is wrong.");
                case "bug" -> throw new IllegalStateException("one\n  two");
                case "deep" -> throw new StackOverflowError();
                default ->
                        spec.commandLine()
                                .getOut()
                                .println((interactive ? "swept " : "went ") + how);
            }
            return ExitCode.OK.code();
        }
    }

    private final Streams streams = new Streams();

    private int run(String... arguments) {
        return Programs.run(new Tool(), streams.terminal(false), arguments);
    }

    @Test
    void aCommandThatSucceedsEndsWithZero() {
        assertThat(run("act", "--how", "well")).isZero();
        assertThat(streams.out()).isEqualToIgnoringNewLines("went well");
        assertThat(streams.err()).isEmpty();
    }

    @Test
    void aSubcommandMayAskForTheTerminal() {
        Programs.run(new Tool(), streams.terminal(true), "act", "--how", "well");
        assertThat(streams.out()).isEqualToIgnoringNewLines("swept well");
    }

    @Test
    void aFailureIsOneLineAndItsExitCode() {
        assertThat(run("act", "--how", "refused")).isEqualTo(65);
        assertThat(streams.err()).isEqualTo("x is 5, allowed 1 to 3" + System.lineSeparator());
    }

    @Test
    void aFileProblemSpeaksOfTheFile() {
        assertThat(run("act", "--how", "missing")).isEqualTo(66);
        assertThat(run("act", "--how", "denied")).isEqualTo(77);
        assertThat(streams.err().lines())
                .containsExactly(
                        "reading or writing failed: a.csv does not exist",
                        "reading or writing failed: no permission for b.csv");
    }

    @Test
    void aKeyProblemHasItsOwnExitCode() {
        assertThat(run("act", "--how", "pin")).isEqualTo(77);
        assertThat(streams.err()).isEqualToIgnoringNewLines("The PIN is wrong.");
    }

    @Test
    void aBugIsOneLineToo() {
        assertThat(run("act", "--how", "bug")).isEqualTo(70);
        assertThat(streams.err())
                .isEqualToIgnoringNewLines(
                        "internal error: java.lang.IllegalStateException: one two; run with"
                                + " --stack-trace for details");
        assertThat(run("act", "--how", "deep")).isEqualTo(70);
    }

    @Test
    void aStackTraceIsShownToThoseWhoAsk() {
        assertThat(run("act", "--stack-trace", "--how", "bug")).isEqualTo(70);
        assertThat(streams.err()).contains("at energy.cryptometer.command.ProgramsTest");
    }

    @Test
    void aWrongCommandLineIsRefusedWithAHint() {
        assertThat(run("act")).isEqualTo(64);
        assertThat(streams.err().lines())
                .containsExactly(
                        "tool act: Missing required option: '--how=<how>'",
                        "'tool act --help' shows what it takes.");
    }

    @Test
    void aMisspelledCommandIsRefusedWithTheRightOne() {
        assertThat(run("actt")).isEqualTo(64);
        assertThat(streams.err()).contains("Did you mean: act?");
    }

    @Test
    void noCommandAtAllIsAUsageError() {
        assertThat(run()).isEqualTo(64);
        assertThat(streams.err()).contains("tool --help");
    }

    @Test
    void everyCommandHasHelpAndVersion() {
        assertThat(run("act", "--help")).isZero();
        assertThat(streams.out()).contains("Example: tool act --how well", "--stack-trace");
        assertThat(run("--version")).isZero();
        assertThat(streams.out()).endsWith("tool " + Version.current() + System.lineSeparator());
        assertThat(Version.current()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void aFullDiskUnderStandardOutputIsNotSuccess() {
        var full =
                new OutputStream() {
                    @Override
                    public void write(int value) throws IOException {
                        throw new IOException("No space left on device");
                    }
                };
        var err = new StringWriter();
        var terminal =
                new Terminal(
                        new PrintWriter(full, true, StandardCharsets.UTF_8),
                        new PrintWriter(err),
                        false,
                        false);
        assertThat(Programs.run(new Tool(), terminal, "act", "--how", "well")).isEqualTo(74);
        assertThat(err.toString()).contains("standard output cannot be written");
    }

    @Test
    void noColorAndADumbTerminalForbidColours() {
        assertThat(Terminal.coloursAllowed(Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminal.coloursAllowed(Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Terminal.coloursAllowed(Map.of("NO_COLOR", ""))).isTrue();
        assertThat(Terminal.coloursAllowed(Map.of("TERM", "dumb"))).isFalse();
    }
}
