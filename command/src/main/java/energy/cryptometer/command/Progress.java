package energy.cryptometer.command;

import java.io.PrintWriter;
import java.math.BigInteger;

/// How far long work has come, on standard error: a bar where there is a screen, else a line at
/// each tenth, so that a log stays short. Not safe for threads.
public final class Progress implements AutoCloseable {
    private static final int BAR_LENGTH = 40;
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private final PrintWriter err;
    private final boolean interactive;
    private final String what;
    private final long total;
    private int shown = -1;

    /// Shows nothing yet.
    ///
    /// @param what the work in a few words: `Reading blocks`
    /// @param total how many units the work has, at least 0
    public Progress(Terminal terminal, String what, long total) {
        if (total < 0) {
            throw new IllegalArgumentException("total is negative: " + total);
        }
        this.err = terminal.err();
        this.interactive = terminal.interactive();
        this.what = what;
        this.total = total;
    }

    /// Says that this many units are done; anything outside 0 to total is shown as the nearer end.
    public void reached(long done) {
        int percent = percent(done);
        int steps = interactive ? percent : percent / 10 * 10;
        if (steps == shown) {
            return;
        }
        shown = steps;
        if (interactive) {
            int filled = percent * BAR_LENGTH / 100;
            String bar = "#".repeat(filled) + "-".repeat(BAR_LENGTH - filled);
            err.print("\r%s [%s] %3d %%".formatted(what, bar, percent));
            err.flush();
        } else {
            err.println("%s: %d %% (%d of %d)".formatted(what, percent, done, total));
        }
    }

    private int percent(long done) {
        if (done >= total) {
            return 100;
        }
        BigInteger hundredfold = BigInteger.valueOf(Math.max(0, done)).multiply(HUNDRED);
        return hundredfold.divide(BigInteger.valueOf(total)).intValueExact();
    }

    /// Ends the line of the bar. The work may have ended early.
    @Override
    public void close() {
        if (interactive && shown >= 0) {
            err.println();
        }
    }
}
