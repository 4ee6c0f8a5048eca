package energy.cryptometer.hal.meter.counting;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.ClockQuality;
import energy.cryptometer.hal.meter.polling.MeterRating;
import energy.cryptometer.hal.meter.polling.RegisterReading;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.hal.pulse.SourceState.Anchor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// From a growing register to pulses. Pure: a state and a reading give what happens next.
///
/// Between an anchor a and a reading r there are floor(r c / 10^6) - floor(a c / 10^6) pulses, c
/// being the pulse constant and registers in mWh. The sum telescopes, so the remainder is carried
/// exactly over any number of readings and restarts, and nothing is invented. All pulses of a
/// reading carry its time: when between two readings they happened, nobody knows.
///
/// A register that falls, or grows by more than [MeterRating#believableGrowth], gives no pulse but
/// a [Step.Suspect]; the caller reads again before it believes that.
///
/// The time between two readings is boot time within one boot. After a reboot it is wall time,
/// which counts only once the clock is synchronised; until then a growth that needs more time than
/// none is [Step.Undecided] and waits, so that a long power cut does not pass for a jump.
final class VirtualPulses {
    private final MeterRating rating;

    VirtualPulses(MeterRating rating) {
        this.rating = rating;
    }

    /// What a reading means.
    sealed interface Step {
        /// The first reading ever: counting starts here.
        record Anchored(SourceEvent event, SourceState after) implements Step {}

        /// The register stands or grew as it should; `pulses` is zero or more.
        record Grew(long pulses, SourceState after) implements Step {}

        /// Not energy. If it stays so, `event` happened and counting goes on from `after`.
        record Suspect(SourceEvent event, SourceState after) implements Step {}

        /// Cannot be judged yet, for the reason given. Nothing is lost by waiting.
        record Undecided(String reason) implements Step {}
    }

    /// Judges one reading.
    Step step(SourceState state, RegisterReading now) {
        if (state.anchor().isEmpty()) {
            return new Step.Anchored(
                    new SourceEvent.RegisterAnchored(now.at(), now.milliwattHours()),
                    anchored(state.count(), now));
        }
        Anchor anchor = state.anchor().get();
        long growth = now.milliwattHours() - anchor.register();
        if (growth < 0) {
            return wentBack(state, anchor, now);
        }
        Optional<Duration> elapsed = elapsed(anchor.at(), now.at());
        long allowed = rating.believableGrowth(elapsed.orElse(Duration.ZERO), now.resolution());
        if (growth <= allowed) {
            long pulses =
                    rating.pulsesAt(now.milliwattHours()) - rating.pulsesAt(anchor.register());
            return new Step.Grew(pulses, anchored(state.count() + pulses, now));
        }
        if (elapsed.isEmpty()) {
            return new Step.Undecided(
                    "register grew by "
                            + growth
                            + " mWh over a reboot; waiting for a synchronised clock to judge it");
        }
        return new Step.Suspect(
                new SourceEvent.RegisterJumped(
                        now.at(), anchor.register(), now.milliwattHours(), allowed),
                anchored(state.count(), now));
    }

    private Step wentBack(SourceState state, Anchor anchor, RegisterReading now) {
        boolean small = anchor.register() - now.milliwattHours() <= rating.explainableFall();
        return new Step.Suspect(
                new SourceEvent.RegisterWentBack(
                        now.at(),
                        anchor.register(),
                        now.milliwattHours(),
                        small ? anchor.register() : now.milliwattHours()),
                small ? state : anchored(state.count(), now));
    }

    /// The next batch of pulses on the way from `state` to `target`, which lies ahead of it by at
    /// least one pulse. The anchor between two batches is the exact register of the last pulse
    /// given, at the time of the old anchor, so that a restart in between loses and doubles
    /// nothing.
    SourceBatch batch(SourceState state, SourceState target, BoardClock.Reading at) {
        long last = Math.min(target.count(), state.count() + SourceBatch.MOST_ITEMS);
        List<SourceItem> pulses = new ArrayList<>();
        for (long count = state.count() + 1; count <= last; count++) {
            pulses.add(new Pulse(count, at));
        }
        return new SourceBatch(
                pulses, last == target.count() ? target : partWay(state, last - state.count()));
    }

    private SourceState partWay(SourceState state, long pulses) {
        Anchor anchor = state.anchor().orElseThrow();
        long register = rating.registerAt(rating.pulsesAt(anchor.register()) + pulses);
        return new SourceState(
                state.count() + pulses, Optional.of(new Anchor(register, anchor.at())));
    }

    private static SourceState anchored(long count, RegisterReading now) {
        return new SourceState(count, Optional.of(new Anchor(now.milliwattHours(), now.at())));
    }

    /// A lower bound of the time from `before` to `now`, or empty while there is none worth the
    /// name.
    private static Optional<Duration> elapsed(BoardClock.Reading before, BoardClock.Reading now) {
        Optional<Duration> sameBoot = now.sinceInSameBoot(before);
        if (sameBoot.isPresent()) {
            return sameBoot.filter(d -> !d.isNegative()).or(() -> Optional.of(Duration.ZERO));
        }
        if (now.quality() != ClockQuality.SYNCHRONISED) {
            return Optional.empty();
        }
        Duration sinceBoot = Duration.ofNanos(now.bootNanos());
        Duration wall = Duration.between(before.wall(), now.wall());
        boolean dated = before.quality() != ClockQuality.UNKNOWN;
        return Optional.of(dated && wall.compareTo(sinceBoot) > 0 ? wall : sinceBoot);
    }
}
