package energy.cryptometer.firmware.board;

import energy.cryptometer.firmware.capture.CaptureStage;
import energy.cryptometer.timing.Turn;
import java.time.Duration;

/// Who takes the turns of a meter's stages: in the program a thread for each, in a simulation one
/// thread for all.
@FunctionalInterface
public interface TurnTaker {
    /// Takes the turns from now on, until what it returns is closed.
    ///
    /// @param patience how long closing waits for a turn that is going on
    AutoCloseable start(String name, Turn turn, Duration patience);

    /// How a turn may wait for the source of the pulses.
    default CaptureStage.Waiting waiting() {
        return CaptureStage.Waiting.USUAL;
    }
}
