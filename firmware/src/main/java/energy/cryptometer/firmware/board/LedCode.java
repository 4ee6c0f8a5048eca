package energy.cryptometer.firmware.board;

import energy.cryptometer.hal.panel.Signal;
import java.util.List;

/// What the status LED shows: the worst that is true of any meter.
final class LedCode {
    private LedCode() {}

    /// How a meter is.
    ///
    /// @param counts whether pulses are counted and kept
    /// @param signs whether its key can be used, as far as is known
    /// @param connected whether a node takes what it sends; true as well while there is nothing to
    ///   send
    record Working(boolean counts, boolean signs, boolean connected) {
        Signal signal() {
            if (!counts) {
                return Signal.NOT_COUNTING;
            }
            if (!signs) {
                return Signal.KEY_FAULT;
            }
            return connected ? Signal.COUNTING : Signal.NOT_CONNECTED;
        }
    }

    /// Of all meters of the board. A board without meters does not count.
    static Signal of(List<Working> meters) {
        return meters.stream()
                .map(Working::signal)
                .reduce(Signal::worse)
                .orElse(Signal.NOT_COUNTING);
    }
}
