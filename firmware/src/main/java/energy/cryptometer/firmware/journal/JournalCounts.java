package energy.cryptometer.firmware.journal;

import java.time.Instant;
import java.util.Optional;

/// The whole state of a meter in four numbers of pulses: counted >= signed >= sent >= proven.
///
/// @param oldestUnproven wall time of the oldest pulse that is not proven yet, if there is one
public record JournalCounts(
        long counted, long signed, long sent, long proven, Optional<Instant> oldestUnproven) {
    public JournalCounts {
        if (counted < signed || signed < sent || sent < proven || proven < 0) {
            throw new IllegalStateException(
                    "counted %d >= signed %d >= sent %d >= proven %d does not hold"
                            .formatted(counted, signed, sent, proven));
        }
    }
}
