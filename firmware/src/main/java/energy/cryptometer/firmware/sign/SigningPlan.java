package energy.cryptometer.firmware.sign;

import energy.cryptometer.firmware.journal.Captured;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.ledger.transaction.Capture;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.MeterEvent;
import energy.cryptometer.ledger.transaction.PendingPulses;
import energy.cryptometer.ledger.transaction.PulseRange;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transaction;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.ledger.unit.ClockQuality;
import energy.cryptometer.ledger.unit.MarketStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What is signed next: captures in their order, and a transfer for every step that is over. One
/// transaction per pulse; more pulses in one only under backlog and only where allowed.
///
/// A step is over when its end has passed by the settling time, or when a pulse of a later step
/// comes next. A pulse that turns up afterwards is moved by a supplementary transfer.
final class SigningPlan {
    /// Longest wait after the end of a step for its last pulses.
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(5);

    private final SigningSettings settings;
    private final Function<Transaction, SignedTransaction> sign;
    private final Instant now;
    private final int pulsesEach;
    private final List<SignedTransaction> signed = new ArrayList<>();
    private ChainLink link;
    private PendingPulses pending;

    /// Where a plan begins.
    ///
    /// @param link place of the next transaction
    /// @param pending pulses whose transfer is still to come
    /// @param backlog captures that wait in the journal
    record Start(ChainLink link, PendingPulses pending, long backlog) {}

    SigningPlan(
            SigningSettings settings,
            Start start,
            Instant now,
            Function<Transaction, SignedTransaction> sign) {
        this.settings = settings;
        this.sign = sign;
        this.now = now;
        this.pulsesEach = Bundling.pulsesEach(settings.maxPulses(), start.backlog());
        this.link = start.link();
        this.pending = start.pending();
    }

    /// Signs these captures and what follows from them.
    ///
    /// @param captures the oldest unsigned ones
    /// @param whole whether no younger capture is waiting
    List<SignedTransaction> sign(List<Captured> captures, boolean whole) {
        int next = 0;
        while (next < captures.size()) {
            switch (captures.get(next)) {
                case Captured.OfEvent event -> {
                    append(event(event));
                    next++;
                }
                case Captured.OfPulse pulse -> {
                    MarketStep step = step(pulse.at());
                    transferBefore(Optional.of(step));
                    int last = lastOfBundle(captures, next);
                    generate(step, (Captured.OfPulse) captures.get(last), last - next + 1);
                    next = last + 1;
                }
            }
        }
        if (whole) {
            transferBefore(Optional.empty());
        }
        return signed;
    }

    private int lastOfBundle(List<Captured> captures, int first) {
        int last = first;
        while (last + 1 < captures.size()
                && last + 1 - first < pulsesEach
                && captures.get(last + 1) instanceof Captured.OfPulse pulse
                && step(pulse.at()).equals(step(captures.get(first).at()))) {
            last++;
        }
        return last;
    }

    private void generate(MarketStep step, Captured.OfPulse last, int pulses) {
        Generation generation =
                new Generation(link, last.count(), pulses, capture(last.at()), settings.status());
        append(generation);
        pending = pending.with(step, generation);
    }

    /// Transfers every pending step that is over.
    private void transferBefore(Optional<MarketStep> next) {
        Optional<PulseRange> oldest = pending.oldest();
        while (oldest.isPresent() && isOver(oldest.get().step(), next)) {
            PulseRange range = oldest.get();
            append(new Transfer(link, range, settings.plant(), range.energy(settings.constant())));
            pending = pending.withoutOldest();
            oldest = pending.oldest();
        }
    }

    private boolean isOver(MarketStep step, Optional<MarketStep> next) {
        Instant end = settings.schedule().end(step);
        boolean laterPulse = next.isPresent() && next.get().compareTo(step) > 0;
        boolean samePulse = next.isPresent() && next.get().equals(step);
        return !now.isBefore(end)
                && !samePulse
                && (laterPulse || !now.isBefore(end.plus(settling())));
    }

    private Duration settling() {
        Duration quarter = settings.schedule().collect().dividedBy(4);
        return quarter.compareTo(LONGEST_SETTLING) < 0 ? quarter : LONGEST_SETTLING;
    }

    private MeterEvent event(Captured.OfEvent event) {
        return new MeterEvent(link, capture(event.at()), event.kind(), event.detail());
    }

    private MarketStep step(BoardClock.Reading at) {
        return settings.schedule().stepAt(capture(at).at());
    }

    /// What the board's clock said, in the ledger's words. A clock that says a time before the
    /// community began was wrong: the capture counts for the first step, with unknown quality.
    private Capture capture(BoardClock.Reading at) {
        Instant origin = settings.schedule().origin();
        return at.wall().isBefore(origin)
                ? new Capture(origin, ClockQuality.UNKNOWN)
                : Capture.ofMillis(
                        at.wall().toEpochMilli(), ClockQuality.valueOf(at.quality().name()));
    }

    private void append(Transaction transaction) {
        SignedTransaction done = sign.apply(transaction);
        signed.add(done);
        link = done.next();
    }
}
