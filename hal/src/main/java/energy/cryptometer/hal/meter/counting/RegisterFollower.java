package energy.cryptometer.hal.meter.counting;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.meter.counting.VirtualPulses.Step;
import energy.cryptometer.hal.meter.polling.MeterRating;
import energy.cryptometer.hal.meter.polling.RegisterReading;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceState;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/// Turns readings into batches: holds the state that was given last, the way still to go, and how
/// often a suspect register has shown itself. One thread uses it.
///
/// A register that is suspect is believed only when [#CONFIRMATIONS] readings in a row agree, each
/// growing believably from the first of them. One wrong reading, such as a zero while a meter
/// starts, thus changes nothing. What the meter counts from the first suspect reading on is energy
/// again.
final class RegisterFollower {
    static final int CONFIRMATIONS = 3;

    private final VirtualPulses pulses;
    private final Queue<SourceBatch> events = new ArrayDeque<>();
    private SourceState given;
    private SourceState target;
    private Optional<BoardClock.Reading> targetAt = Optional.empty();
    private Optional<Step.Suspect> suspect = Optional.empty();
    private int suspicions;
    private boolean smallFallReported;

    RegisterFollower(MeterRating rating, SourceState state) {
        pulses = new VirtualPulses(rating);
        given = state;
        target = state;
    }

    /// What was given last.
    SourceState given() {
        return given;
    }

    /// Whether [#next] has something; no reading is taken in before it is empty.
    boolean hasNext() {
        return !events.isEmpty() || given.count() < target.count();
    }

    /// The next batch in order.
    SourceBatch next() {
        SourceBatch batch =
                events.isEmpty()
                        ? pulses.batch(given, target, targetAt.orElseThrow())
                        : events.remove();
        given = batch.stateAfter();
        return batch;
    }

    /// Something happened to the line: it comes before anything that is read later.
    void happens(SourceEvent event) {
        events.add(new SourceBatch(List.of(event), given));
    }

    /// Takes in one reading. Empty when all is well, else one line for health.
    Optional<String> take(RegisterReading reading) {
        Step step = pulses.step(target, reading);
        if (!(step instanceof Step.Suspect)) {
            suspect = Optional.empty();
            suspicions = 0;
        }
        return switch (step) {
            case Step.Anchored(SourceEvent event, SourceState after) -> {
                jump(event, after);
                yield Optional.empty();
            }
            case Step.Grew(_, SourceState after) -> {
                smallFallReported = false;
                grow(after, reading);
                yield Optional.empty();
            }
            case Step.Undecided(String reason) -> Optional.of(reason);
            case Step.Suspect now -> suspicious(now, reading);
        };
    }

    private Optional<String> suspicious(Step.Suspect now, RegisterReading reading) {
        boolean agrees =
                suspect.isPresent()
                        && pulses.step(reanchored(suspect.get()), reading) instanceof Step.Grew;
        if (!agrees) {
            suspect = Optional.of(now);
            suspicions = 0;
        }
        suspicions++;
        Step.Suspect first = suspect.orElse(now);
        if (suspicions >= CONFIRMATIONS) {
            believe(first, reading);
        }
        return Optional.of(first.event().summary());
    }

    private void believe(Step.Suspect first, RegisterReading reading) {
        suspect = Optional.empty();
        suspicions = 0;
        boolean smallFall = first.after().equals(target);
        if (!smallFall) {
            jump(first.event(), first.after());
            if (pulses.step(target, reading) instanceof Step.Grew(_, SourceState after)) {
                grow(after, reading);
            }
        } else if (!smallFallReported) {
            smallFallReported = true;
            jump(first.event(), target);
        }
    }

    /// Where a suspect register would be followed from, were it believed. After a small fall that
    /// is the register it fell to, although counting goes on from the old one.
    private static SourceState reanchored(Step.Suspect suspect) {
        return suspect.event() instanceof SourceEvent.RegisterWentBack fall
                ? new SourceState(
                        suspect.after().count(),
                        Optional.of(new SourceState.Anchor(fall.now(), fall.capturedAt())))
                : suspect.after();
    }

    private void jump(SourceEvent event, SourceState after) {
        events.add(new SourceBatch(List.of(event), after));
        target = after;
    }

    private void grow(SourceState after, RegisterReading reading) {
        target = after;
        targetAt = Optional.of(reading.at());
        if (after.count() == given.count() && events.isEmpty()) {
            given = after; // no pulse: the newer anchor says the same and needs no journal
        }
    }
}
