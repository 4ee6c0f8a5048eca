package energy.cryptometer.firmware.board;

import java.time.Duration;
import java.util.OptionalLong;

/// Spells of too low a supply: a pure fold over looks. A spell is over once the supply has been
/// well for a minute, so that one that trembles for days is one event and not one every few
/// seconds, each of which costs every meter a signature.
///
/// @param times spells that have begun
/// @param began whether the last look began one
/// @param lastLowNanos boot time of the last look that found it too low
public record LowSupply(long times, boolean began, OptionalLong lastLowNanos) {
    /// How long the supply must be well before the next spell can begin.
    public static final Duration WELL = Duration.ofMinutes(1);

    /// Before the first look.
    public static final LowSupply NEVER = new LowSupply(0, false, OptionalLong.empty());

    /// After a look at `bootNanos`, which is no earlier than the one before.
    public LowSupply after(boolean tooLow, long bootNanos) {
        if (!tooLow) {
            return new LowSupply(times, false, lastLowNanos);
        }
        boolean begins =
                lastLowNanos.isEmpty() || bootNanos - lastLowNanos.getAsLong() > WELL.toNanos();
        return new LowSupply(begins ? times + 1 : times, begins, OptionalLong.of(bootNanos));
    }
}
