package energy.cryptometer.fullnode.producer;

import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.StepSchedule;
import java.time.Instant;

/// What the clock asks of a node that decides alone. Heights and step ends are one-to-one, so after
/// an interruption every missed step gets its block, oldest first, none skipped.
public sealed interface Due {
    /// A block is due now.
    ///
    /// @param height the one after the head
    /// @param behind how many more are due already
    record Close(Height height, long behind) implements Due {}

    /// Meters may still deliver; nothing is due before `until`.
    record Wait(Instant until) implements Due {}

    /// Decides.
    ///
    /// @param head the newest approved block
    static Due at(Instant now, Height head, StepSchedule schedule) {
        Height next = head.next();
        Instant due = schedule.time(next).plus(schedule.propose());
        if (now.isBefore(due)) {
            return new Wait(due);
        }
        Height newest = schedule.heightAt(now.minus(schedule.propose()));
        return new Close(next, newest.value() - next.value());
    }
}
