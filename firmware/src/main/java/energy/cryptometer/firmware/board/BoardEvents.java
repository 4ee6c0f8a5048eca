package energy.cryptometer.firmware.board;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.SteadyClock;
import energy.cryptometer.ledger.transaction.MeterEvent.Detail;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import energy.cryptometer.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// What happens to the board is an event of each of its meters. One that cannot be journalled now,
/// on a full disk, waits; at most 64 wait, and the oldest is dropped first.
final class BoardEvents {
    private static final int MOST_WAITING = 64;

    private record Waiting(
            Meter meter, MeterEventKind kind, Detail detail, BoardClock.Reading at) {}

    private final List<Meter> meters;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    BoardEvents(List<Meter> meters) {
        this.meters = meters;
    }

    /// Takes every step the clock has seen.
    void clock(SteadyClock clock) {
        BoardClock.Reading _ = clock.read();
        for (Optional<SteadyClock.Step> step = clock.takeStep();
                step.isPresent();
                step = clock.takeStep()) {
            SteadyClock.Step seen = step.get();
            happened(
                    MeterEventKind.CLOCK_STEP,
                    new Detail(
                            Math.min(seen.by().abs().toMillis(), Detail.MAX),
                            seen.by().isNegative() ? 1 : 0,
                            seen.followed() ? "followed" : "not followed: not synchronised"),
                    seen.at());
        }
    }

    /// Something happened to all meters.
    void happened(MeterEventKind kind, Detail detail, BoardClock.Reading at) {
        for (Meter meter : meters) {
            if (waiting.size() == MOST_WAITING) {
                Waiting _ = waiting.removeFirst();
            }
            waiting.addLast(new Waiting(meter, kind, detail, at));
        }
    }

    /// Journals what waits, as far as the journals can be written.
    void store() {
        while (!waiting.isEmpty()) {
            Waiting next = waiting.getFirst();
            try {
                next.meter().record(next.kind(), next.detail(), next.at());
            } catch (StoreException _) {
                return; // the capture stage reports what is wrong with the journal
            }
            waiting.removeFirst();
        }
    }
}
