package energy.cryptometer.hal.panel;

import energy.cryptometer.hal.clock.BoardClock;
import java.util.Optional;

/// The switch under the lid. Safe for several threads.
public interface TamperSwitch extends AutoCloseable {
    /// The lid was opened, or closed again.
    ///
    /// @param open how it is since then
    /// @param at when it began to be so
    record Change(boolean open, BoardClock.Reading at) {}

    /// The next change that was not given yet, in order. A lid that is open at the start is one; a
    /// lid that is closed then is none. Of more than 64 that nobody takes the oldest are forgotten.
    Optional<Change> next();

    /// Why it cannot be read, in one line.
    Optional<String> problem();

    /// Gives the line back. Never throws.
    @Override
    void close();
}
