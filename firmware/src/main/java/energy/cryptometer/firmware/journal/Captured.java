package energy.cryptometer.firmware.journal;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.ledger.transaction.MeterEvent;
import energy.cryptometer.ledger.transaction.MeterEventKind;

/// What the journal holds and nobody has signed yet, in the order in which it was captured.
public sealed interface Captured {
    /// Number of this capture, from 1 and ascending; only a salvaged journal leaves one out.
    long id();

    /// When the board saw it.
    BoardClock.Reading at();

    /// The same with another time.
    Captured at(BoardClock.Reading time);

    /// One pulse; `count` is cumulative.
    record OfPulse(long id, long count, BoardClock.Reading at) implements Captured {
        @Override
        public Captured at(BoardClock.Reading time) {
            return new OfPulse(id, count, time);
        }
    }

    /// Something else that happened.
    record OfEvent(long id, MeterEventKind kind, MeterEvent.Detail detail, BoardClock.Reading at)
            implements Captured {
        @Override
        public Captured at(BoardClock.Reading time) {
            return new OfEvent(id, kind, detail, time);
        }
    }
}
