package energy.cryptometer.hal.pulse;

import energy.cryptometer.hal.clock.BoardClock;
import java.time.Duration;

/// Something that happened to a source and that is not energy. It is journalled like a pulse, so
/// that a doubt about the count is never silent. Registers are in milliwatt-hours of the meter's
/// own display.
public sealed interface SourceEvent extends SourceItem {
    /// One sentence for a person: what happened, with the values.
    String summary();

    /// Counting starts here: the register the meter showed when the source first saw it. What the
    /// meter counted earlier is not energy of this source.
    record RegisterAnchored(BoardClock.Reading capturedAt, long register) implements SourceEvent {
        @Override
        public String summary() {
            return "counting starts at register " + register + " mWh";
        }
    }

    /// The register fell from `before` to `now`. No pulse comes from it. The next pulse is counted
    /// from `countsFrom`: `before` after a small fall (a meter that lost its last watt-hours when
    /// its power failed counts them again, we must not), `now` after a large one (another meter).
    record RegisterWentBack(BoardClock.Reading capturedAt, long before, long now, long countsFrom)
            implements SourceEvent {
        @Override
        public String summary() {
            return "register went back from "
                    + before
                    + " mWh to "
                    + now
                    + " mWh, counting goes on from "
                    + countsFrom
                    + " mWh";
        }
    }

    /// The register grew by more than the meter's rated power allows (`allowed`, the largest
    /// believable growth). No pulse comes from it; counting goes on from `now`.
    record RegisterJumped(BoardClock.Reading capturedAt, long before, long now, long allowed)
            implements SourceEvent {
        @Override
        public String summary() {
            return "register jumped from "
                    + before
                    + " mWh to "
                    + now
                    + " mWh, at most "
                    + allowed
                    + " mWh of growth is believable";
        }
    }

    /// The source knows that it missed `edges` edges of the line from number `first` on, for
    /// example from a hole in the kernel's sequence numbers. The pulse count goes on without them.
    record EdgesLost(BoardClock.Reading capturedAt, long first, long edges) implements SourceEvent {
        @Override
        public String summary() {
            return edges
                    + " edges of the pulse line, from number "
                    + first
                    + " on, were lost before they could be read";
        }
    }

    /// Nobody listened to the input from `since` until now; `reason` is a few words. What pulsed
    /// meanwhile is not counted.
    record NotListening(BoardClock.Reading capturedAt, BoardClock.Reading since, String reason)
            implements SourceEvent {
        @Override
        public String summary() {
            return "nobody listened to the input from " + since.wall() + " on: " + reason;
        }
    }

    /// `pulses` came `within` a time in which the meter cannot give them; `limit` says what it can.
    /// They are counted all the same.
    record RateExceeded(BoardClock.Reading capturedAt, long pulses, Duration within, String limit)
            implements SourceEvent {
        @Override
        public String summary() {
            return pulses + " pulses within " + within.toMillis() + " ms, " + limit;
        }
    }

    /// Since the start `counted` mWh were counted while the meter's register grew by `register`
    /// mWh, and that is (`beyond`) or is no more (not `beyond`) a larger difference than
    /// `tolerance` mWh.
    record RegisterDrifted(
            BoardClock.Reading capturedAt,
            long counted,
            long register,
            long tolerance,
            boolean beyond)
            implements SourceEvent {
        @Override
        public String summary() {
            return "counted "
                    + counted
                    + " mWh, the register grew by "
                    + register
                    + " mWh: "
                    + (beyond ? "beyond" : "again within")
                    + " the tolerance of "
                    + tolerance
                    + " mWh";
        }
    }

    /// The source cannot see its meter any more; `reason` is one line. A register meter keeps
    /// counting meanwhile and nothing is lost; a contact does not.
    record LineLost(BoardClock.Reading capturedAt, String reason) implements SourceEvent {
        @Override
        public String summary() {
            return "meter lost: " + reason;
        }
    }

    /// The source sees its meter again.
    record LineRestored(BoardClock.Reading capturedAt) implements SourceEvent {
        @Override
        public String summary() {
            return "meter is back";
        }
    }
}
