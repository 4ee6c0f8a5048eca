package energy.cryptometer.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Where a program speaks: results on `out`, everything else on `err`.
///
/// @param colours whether `out` may carry colours
/// @param interactive whether `err` is a screen on which a line can be drawn again
public record Terminal(PrintWriter out, PrintWriter err, boolean colours, boolean interactive) {

    /// The streams of this process. Colours need a screen, no `NO_COLOR` (no-color.org) and no
    /// `TERM=dumb`.
    public static Terminal ofProcess() {
        Charset outCharset = System.out.charset();
        Charset errCharset = System.err.charset();
        boolean colours = coloursAllowed(System.getenv()) && isScreen(1);
        return new Terminal(
                new PrintWriter(System.out, true, outCharset),
                new PrintWriter(System.err, true, errCharset),
                colours,
                isScreen(2) && !"dumb".equals(System.getenv("TERM")));
    }

    static boolean coloursAllowed(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /// Java tells only whether standard input and output together are a terminal; the kernel knows
    /// each.
    private static boolean isScreen(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
        } catch (IOException _) {
            return false;
        }
    }
}
