package energy.cryptometer.hal.meter.crosscheck;

import energy.cryptometer.hal.meter.polling.MeterRating;
import energy.cryptometer.hal.meter.polling.RegisterReading;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceHealth;
import energy.cryptometer.hal.pulse.SourceHealth.Condition;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.hal.pulse.SourceState.ReferenceMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A source of pulses beside which the register of the same meter is read. The pulses are those of
/// the source, untouched; what is added are events: where the comparison began
/// ([SourceEvent.RegisterAnchored]), and once each when the two drift apart and when they agree
/// again ([SourceEvent.RegisterDrifted]).
///
/// A doubt is believed when [#CONFIRMATIONS] readings in a row show it, so that one wrong reading
/// is no signed statement. A register below where the comparison began is another meter's or
/// another total: the comparison then begins anew. The mark is kept in the state, with whether the
/// two have drifted apart, so that a drift over restarts is seen, and told once.
public final class CrossCheckedSource implements PulseSource {
    static final int CONFIRMATIONS = 3;

    private final PulseSource source;
    private final ReferenceRegister reference;
    private final Reconciliation reconciliation;
    private Optional<ReferenceMark> mark;
    private int doubts;
    private volatile String finding = "not compared yet";
    private volatile boolean disagrees;

    private CrossCheckedSource(
            PulseSource source,
            ReferenceRegister reference,
            Reconciliation reconciliation,
            Optional<ReferenceMark> mark) {
        this.source = source;
        this.reference = reference;
        this.reconciliation = reconciliation;
        this.mark = mark;
        disagrees = mark.filter(ReferenceMark::beyond).isPresent();
    }

    /// Puts a reference register beside `source`, which was opened with `state`. Both belong to it
    /// from now on.
    ///
    /// @param errorPerMille the meter's maximum permissible error, 1 to 1000
    public static PulseSource of(
            PulseSource source,
            PolledRegister reference,
            MeterRating rating,
            int errorPerMille,
            SourceState state) {
        return of(source, reference, new Reconciliation(rating, errorPerMille), state);
    }

    static PulseSource of(
            PulseSource source,
            ReferenceRegister reference,
            Reconciliation terms,
            SourceState state) {
        return new CrossCheckedSource(source, reference, terms, state.reference());
    }

    @Override
    public SourceBatch await(Duration timeout) throws InterruptedException {
        SourceBatch batch = source.await(timeout);
        List<SourceItem> items = new ArrayList<>(batch.items());
        if (items.size() < SourceBatch.MOST_ITEMS) { // a full batch has more behind it: not yet
            reference
                    .next()
                    .flatMap(reading -> compared(batch.stateAfter().count(), reading))
                    .ifPresent(items::add);
        }
        return new SourceBatch(items, batch.stateAfter().withReference(mark));
    }

    private Optional<SourceEvent> compared(long count, RegisterReading reading) {
        if (mark.isEmpty()) {
            return Optional.of(begin(count, reading));
        }
        ReferenceMark start = mark.get();
        if (reading.milliwattHours() < start.register() || count < start.count()) {
            finding = "register fell below where the comparison began: another meter?";
            return doubted() ? Optional.of(begin(count, reading)) : Optional.empty();
        }
        Duration apart = reference.now().sinceInSameBoot(reading.at()).orElse(Duration.ZERO);
        Reconciliation.Comparison comparison = reconciliation.compare(start, count, reading, apart);
        finding = words(comparison);
        boolean changed = start.beyond() ? comparison.within() : comparison.beyond();
        if (!changed) {
            doubts = 0;
            return Optional.empty();
        }
        if (!doubted()) {
            return Optional.empty();
        }
        doubts = 0;
        disagrees = !start.beyond();
        mark = Optional.of(start.withBeyond(disagrees));
        return Optional.of(
                new SourceEvent.RegisterDrifted(
                        reading.at(),
                        comparison.counted(),
                        comparison.grown(),
                        comparison.tolerance(),
                        disagrees));
    }

    /// Whether this doubt has been seen often enough.
    private boolean doubted() {
        doubts++;
        return doubts >= CONFIRMATIONS;
    }

    private SourceEvent begin(long count, RegisterReading reading) {
        doubts = 0;
        disagrees = false;
        mark = Optional.of(new ReferenceMark(count, reading.milliwattHours(), reading.at()));
        finding = "comparison with the register begins at " + reading.milliwattHours() + " mWh";
        return new SourceEvent.RegisterAnchored(reading.at(), reading.milliwattHours());
    }

    private static String words(Reconciliation.Comparison comparison) {
        return "counted %d mWh, register grew by %d mWh, tolerance %d mWh"
                .formatted(comparison.counted(), comparison.grown(), comparison.tolerance());
    }

    @Override
    public void acknowledge(long count) {
        source.acknowledge(count);
    }

    @Override
    public String description() {
        return source.description() + ", checked against " + reference.description();
    }

    @Override
    public SourceHealth health() {
        SourceHealth health = source.health();
        Map<String, Long> counters = new HashMap<>(health.counters());
        reference.counters().forEach((name, value) -> counters.put("reference_" + name, value));
        Optional<String> trouble = reference.trouble();
        if (health.condition() != Condition.GOOD) {
            return new SourceHealth(health.condition(), health.line(), counters);
        }
        if (disagrees) {
            return new SourceHealth(
                    Condition.DOUBTFUL,
                    "pulses and register disagree: "
                            + finding
                            + "; check pulse constant, wiring and the meter's total",
                    counters);
        }
        return trouble.isPresent()
                ? new SourceHealth(
                        Condition.DOUBTFUL,
                        "counts, but its reference register " + trouble.get(),
                        counters)
                : new SourceHealth(Condition.GOOD, health.line() + "; " + finding, counters);
    }

    @Override
    public boolean hasEnded() {
        return source.hasEnded();
    }

    @Override
    public void close() {
        source.close();
        reference.close();
    }
}
