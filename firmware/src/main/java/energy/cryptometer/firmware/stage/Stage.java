package energy.cryptometer.firmware.stage;

import java.time.Duration;

/// One step of the way from pulse to proof. A stage keeps nothing in memory that it could not find
/// again in the journal, so it can die at any point and start anew.
public interface Stage {
    /// One word, for log lines and the status.
    String name();

    /// Does what is due.
    ///
    /// @return how long to wait before the next call, if all went well
    /// @throws RuntimeException if it could not be done; it is tried again with growing pauses
    Duration runOnce() throws InterruptedException;
}
