package energy.cryptometer.hal.panel;

import java.util.Optional;

/// The status LED of a board. Any thread may tell it something; none ever waits for it.
public interface StatusLed extends AutoCloseable {
    /// A board without one.
    StatusLed NONE =
            new StatusLed() {
                @Override
                public void show(Signal signal) {}

                @Override
                public void pulse() {}

                @Override
                public Optional<String> problem() {
                    return Optional.empty();
                }

                @Override
                public void close() {}
            };

    /// Shows this from now on.
    void show(Signal signal);

    /// A pulse was counted: a short flash while counting.
    void pulse();

    /// Why it shows nothing any more, in one line.
    Optional<String> problem();

    /// Dark from now on: the program does not run. Never throws.
    @Override
    void close();
}
