package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.unit.MarketStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Pulses of one meter that are signed and whose energy has not been transferred yet. Meter,
/// journal and node fold them in this one way: neighbours of one market step are one range, and
/// ranges are transferred whole, oldest first.
///
/// @param ranges oldest first
public record PendingPulses(List<PulseRange> ranges) {
    public static final PendingPulses NONE = new PendingPulses(List.of());

    public PendingPulses {
        ranges = List.copyOf(ranges);
    }

    /// What the next transfer must move; nothing where no pulse waits.
    public Optional<PulseRange> oldest() {
        return ranges.isEmpty() ? Optional.empty() : Optional.of(ranges.getFirst());
    }

    /// These and the pulses of one more transaction, which belong to `step`.
    public PendingPulses with(MarketStep step, Generation generation) {
        List<PulseRange> more = new ArrayList<>(ranges);
        if (!more.isEmpty() && more.getLast().continuesWith(step, generation)) {
            more.set(more.size() - 1, more.getLast().extendedBy(generation));
        } else {
            more.add(PulseRange.of(step, generation));
        }
        return new PendingPulses(more);
    }

    /// What still waits after the oldest range was transferred.
    ///
    /// @throws IllegalStateException if nothing waits
    public PendingPulses withoutOldest() {
        if (ranges.isEmpty()) {
            throw new IllegalStateException("no pulse waits for its transfer");
        }
        return new PendingPulses(ranges.subList(1, ranges.size()));
    }
}
