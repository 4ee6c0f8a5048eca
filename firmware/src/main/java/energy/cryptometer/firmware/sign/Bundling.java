package energy.cryptometer.firmware.sign;

import java.util.Optional;

/// How many pulses share one transaction, and when that is worth a line in the log: once when it
/// begins, once when it is over. Not safe for use by several threads.
public final class Bundling {
    /// Captures in the queue above which pulses may be bundled.
    public static final int BACKLOG = 200;

    /// A queue that hovers about [#BACKLOG] is one time of bundling, not many.
    private static final int OVER = BACKLOG / 2;

    private final int maxPulses;
    private boolean said;

    /// @param maxPulses most pulses in one transaction, at least 1; at 1 nothing is ever bundled
    Bundling(int maxPulses) {
        this.maxPulses = maxPulses;
    }

    /// Pulses in one transaction: as many as leave about [#BACKLOG] transactions, where bundling is
    /// allowed. So a token that needs a second for each catches up all the same.
    ///
    /// @param maxPulses most pulses in one transaction, at least 1
    /// @param backlog captures that wait
    public static int pulsesEach(int maxPulses, long backlog) {
        return Math.clamp((backlog + BACKLOG - 1) / BACKLOG, 1, maxPulses);
    }

    /// The line to say at this backlog, if any.
    Optional<String> line(long backlog) {
        if (!said && pulsesEach(maxPulses, backlog) > 1) {
            said = true;
            return Optional.of(
                    "backlog %d pulses: up to %d pulses in one transaction, as the community allows"
                            .formatted(backlog, maxPulses));
        }
        if (said && backlog <= OVER) {
            said = false;
            return Optional.of(
                    "backlog %d pulses: one pulse in each transaction again".formatted(backlog));
        }
        return Optional.empty();
    }
}
