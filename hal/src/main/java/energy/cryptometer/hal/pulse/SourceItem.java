package energy.cryptometer.hal.pulse;

import energy.cryptometer.hal.clock.BoardClock;

/// What a source delivers, in one stream and in the order in which it happened.
public sealed interface SourceItem permits Pulse, SourceEvent {
    /// When the board saw it.
    BoardClock.Reading capturedAt();
}
