package energy.cryptometer.hal.meter.crosscheck;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.meter.polling.RegisterReading;
import java.util.Map;
import java.util.Optional;

/// A register that is read beside a contact. Asked by one thread.
interface ReferenceRegister extends AutoCloseable {
    /// The latest reading that was not given yet.
    Optional<RegisterReading> next();

    BoardClock.Reading now();

    /// Why it cannot be read at present, in one line.
    Optional<String> trouble();

    /// What happened on its line, by name.
    Map<String, Long> counters();

    /// What it is and where.
    String description();

    @Override
    void close();
}
