package energy.cryptometer.lightclient.verify;

import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.ledger.unit.StepSchedule;
import java.time.Instant;

/// Where an instant lies among the market steps. Only at the border of two steps is there a block,
/// and so a proven state.
public sealed interface StepBoundary {
    /// The state after this block is the state at the instant.
    record At(Height height) implements StepBoundary {}

    /// Inside a step; the nearest instants with a proven state are these.
    record Inside(Instant before, Instant after) implements StepBoundary {}

    /// Outside all steps, which begin at the origin.
    record Outside(Instant origin) implements StepBoundary {}

    static StepBoundary of(StepSchedule schedule, Instant instant) {
        if (!schedule.covers(instant)) {
            return new Outside(schedule.origin());
        }
        MarketStep step = schedule.stepAt(instant);
        Instant start = schedule.start(step);
        return start.equals(instant)
                ? new At(new Height(step.index()))
                : new Inside(start, schedule.end(step));
    }
}
