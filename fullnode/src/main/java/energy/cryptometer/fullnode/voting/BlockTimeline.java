package energy.cryptometer.fullnode.voting;

import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.StepSchedule;
import java.time.Instant;

/// What the clock asks of a node that decides alone. Heights and step ends are one-to-one, so after
/// an interruption every missed step gets its block, oldest first, none skipped.
public sealed interface BlockTimeline {
    /// A block is due now.
    ///
    /// @param height the one after the head
    /// @param behind how many more are due already
    record Close(Height height, long behind) implements BlockTimeline {}

    /// Meters may still deliver; nothing is due before `until`.
    record Wait(Instant until) implements BlockTimeline {}

    /// Decides.
    ///
    /// @param head the newest approved block
    static BlockTimeline at(Instant now, Height head, StepSchedule schedule) {
        Height next = head.next();
        Instant due = schedule.time(next).plus(schedule.propose());
        if (now.isBefore(due)) {
            return new Wait(due);
        }
        Height newest = schedule.heightAt(now.minus(schedule.propose()));
        return new Close(next, newest.value() - next.value());
    }
}
