package energy.cryptometer.hal.panel;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.panel.TamperSwitch.Change;
import java.time.Duration;
import java.util.Optional;

/// A switch without its bounce: a pure fold. A level counts once it has held for 50 ms, and is then
/// dated by the moment it began. A visit to the other level that is shorter changes nothing.
///
/// @param told whether the switch was open by what was told last
/// @param level whether it is open by its last edge
/// @param since when it came to that level
/// @param found what the last step found out
public record SwitchDebouncer(
        boolean told, boolean level, BoardClock.Reading since, Optional<Change> found) {
    /// The usual bounce of a snap-action switch is below 10 ms; nobody opens a lid in 50.
    public static final Duration HOLD = Duration.ofMillis(50);

    /// A switch that is closed, as far as was told.
    public static SwitchDebouncer closed(BoardClock.Reading at) {
        return new SwitchDebouncer(false, false, at, Optional.empty());
    }

    /// Time has come to `now` and no edge came before.
    public SwitchDebouncer at(BoardClock.Reading now) {
        boolean held = now.bootNanos() - since.bootNanos() >= HOLD.toNanos();
        return level != told && held
                ? new SwitchDebouncer(level, level, since, Optional.of(new Change(level, since)))
                : new SwitchDebouncer(told, level, since, Optional.empty());
    }

    /// The line came to a level, at a time no earlier than the last one.
    public SwitchDebouncer after(boolean open, BoardClock.Reading at) {
        SwitchDebouncer before = at(at);
        return open == level ? before : new SwitchDebouncer(before.told, open, at, before.found);
    }
}
