package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.state.MeterAccount;
import energy.cryptometer.ledger.transaction.Capture;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.MeterEvent;
import energy.cryptometer.ledger.transaction.PendingPulses;
import energy.cryptometer.ledger.transaction.PulseRange;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.ledger.unit.StepSchedule;
import java.util.Optional;

/// What a meter may say, and what follows for its account. Signatures are checked elsewhere, once.
public final class MeterRules {
    private MeterRules() {}

    /// The step a meter's transaction belongs to: that of its signed capture time, or the one a
    /// transfer names.
    public static Outcome<MarketStep> step(Transaction transaction, Genesis genesis) {
        return switch (transaction) {
            case Generation generation -> stepAt(generation.capture(), genesis.schedule());
            case MeterEvent event -> stepAt(event.capture(), genesis.schedule());
            case Transfer transfer -> new Outcome.Accepted<>(transfer.range().step());
            default ->
                    Outcome.refused(
                            Reason.WRONG_ROLE, "a meter may not send %s", transaction.type());
        };
    }

    private static Outcome<MarketStep> stepAt(Capture capture, StepSchedule schedule) {
        if (!schedule.covers(capture.at())) {
            return Outcome.refused(
                    Reason.BEFORE_ORIGIN,
                    "captured at %s, the community begins at %s",
                    capture.at(),
                    schedule.origin());
        }
        return new Outcome.Accepted<>(schedule.stepAt(capture.at()));
    }

    /// Applies one transaction to its meter.
    ///
    /// @param last latest step that may be spoken of; everything later is future-dated
    public static Outcome<MeterAccount> apply(
            MeterAccount meter, SignedTransaction transaction, MarketStep last, Genesis genesis) {
        Optional<Refusal> broken =
                VersionRule.check(transaction)
                        .or(() -> checkRole(transaction))
                        .or(() -> ChainRule.check(meter.next(), transaction));
        if (broken.isPresent()) {
            return new Outcome.Refused<>(broken.get());
        }
        return step(transaction.content(), genesis)
                .then(step -> notLater(step, last, transaction))
                .then(step -> effect(meter, transaction, step, genesis));
    }

    private static Optional<Refusal> checkRole(SignedTransaction transaction) {
        return transaction.content().type() == TransactionType.ALLOCATION
                ? Optional.of(
                        Refusal.of(
                                Reason.WRONG_ROLE,
                                "%s: only the virtual power plant allocates",
                                transaction))
                : Optional.empty();
    }

    private static Outcome<MarketStep> notLater(
            MarketStep step, MarketStep last, SignedTransaction transaction) {
        if (step.compareTo(last) > 0) {
            return Outcome.refused(
                    Reason.FUTURE_DATED,
                    "%s belongs to %s, latest allowed is %s",
                    transaction,
                    step,
                    last);
        }
        return new Outcome.Accepted<>(step);
    }

    private static Outcome<MeterAccount> effect(
            MeterAccount meter, SignedTransaction transaction, MarketStep step, Genesis genesis) {
        return switch (transaction.content()) {
            case Generation generation -> generate(meter, transaction, generation, step, genesis);
            case Transfer transfer -> transfer(meter, transaction, transfer, genesis);
            case MeterEvent _ -> new Outcome.Accepted<>(after(meter, transaction, meter.pending()));
            default ->
                    Outcome.refused(
                            Reason.WRONG_ROLE,
                            "a meter may not send %s",
                            transaction.content().type());
        };
    }

    private static Outcome<MeterAccount> generate(
            MeterAccount meter,
            SignedTransaction transaction,
            Generation generation,
            MarketStep step,
            Genesis genesis) {
        if (generation.count() - generation.pulses() != meter.count()) {
            return Outcome.refused(
                    Reason.WRONG_COUNT,
                    "%s counts %d with %d pulses, the meter stands at %d",
                    transaction,
                    generation.count(),
                    generation.pulses(),
                    meter.count());
        }
        int allowed = genesis.policy().maxPulsesPerTransaction();
        if (generation.pulses() > allowed) {
            return Outcome.refused(
                    Reason.TOO_MANY_PULSES,
                    "%s holds %d pulses, the community allows %d",
                    transaction,
                    generation.pulses(),
                    allowed);
        }
        PendingPulses pending = meter.pending().with(step, generation);
        if (pending.ranges().size() > MeterAccount.MAX_PENDING) {
            return Outcome.refused(
                    Reason.TOO_MUCH_PENDING,
                    "%s: %d steps wait for their transfer, limit %d; send transfers first",
                    transaction,
                    meter.pending().ranges().size(),
                    MeterAccount.MAX_PENDING);
        }
        MeterAccount next = after(meter, transaction, pending);
        return new Outcome.Accepted<>(
                new MeterAccount(
                        next.account(), next.constant(), next.next(), generation.count(), pending));
    }

    private static Outcome<MeterAccount> transfer(
            MeterAccount meter, SignedTransaction transaction, Transfer transfer, Genesis genesis) {
        Optional<PulseRange> oldest = meter.pending().oldest();
        if (!oldest.equals(Optional.of(transfer.range()))) {
            return Outcome.refused(
                    Reason.WRONG_RANGE,
                    "%s moves %s, next to move is %s",
                    transaction,
                    transfer.range(),
                    oldest.map(PulseRange::toString).orElse("nothing"));
        }
        if (!transfer.to().equals(genesis.plantAccount())) {
            return Outcome.refused(
                    Reason.WRONG_RECEIVER,
                    "%s pays %s, the virtual power plant is %s",
                    transaction,
                    transfer.to(),
                    genesis.plantAccount());
        }
        Energy energy = transfer.range().energy(meter.constant());
        if (!transfer.energy().equals(energy)) {
            return Outcome.refused(
                    Reason.WRONG_ENERGY,
                    "%s moves %d mWh, the pulses are worth %d mWh",
                    transaction,
                    transfer.energy().milliwattHours(),
                    energy.milliwattHours());
        }
        return new Outcome.Accepted<>(after(meter, transaction, meter.pending().withoutOldest()));
    }

    private static MeterAccount after(
            MeterAccount meter, SignedTransaction transaction, PendingPulses pending) {
        return new MeterAccount(
                meter.account(), meter.constant(), transaction.next(), meter.count(), pending);
    }
}
