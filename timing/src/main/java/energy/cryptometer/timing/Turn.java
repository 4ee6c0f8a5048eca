package energy.cryptometer.timing;

import java.time.Duration;

/// Work that is done again and again: what a [Worker]'s thread calls, and what a test or a
/// simulation calls by itself.
@FunctionalInterface
public interface Turn {
    /// Does what is due now.
    ///
    /// @return how long nothing will be due; zero to be called again at once
    /// @throws InterruptedException when its worker closes while it waits for something outside
    Duration take() throws InterruptedException;
}
