package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.ledger.unit.PulseConstant;

/// Neighbouring pulses of one meter that all belong to one market step.
///
/// @param step the step of their signed capture times
/// @param firstSequence sequence of the first generation transaction
/// @param lastSequence sequence of the last one
/// @param countBefore cumulative count before the first pulse
/// @param countAfter cumulative count with the last pulse
public record PulseRange(
        MarketStep step, long firstSequence, long lastSequence, long countBefore, long countAfter) {
    public PulseRange {
        if (firstSequence < 1
                || lastSequence < firstSequence
                || lastSequence > ChainLink.MAX_SEQUENCE) {
            throw new IllegalArgumentException(
                    "sequences %d to %d are no range".formatted(firstSequence, lastSequence));
        }
        if (countBefore < 0 || countAfter <= countBefore || countAfter > PulseConstant.MAX_COUNT) {
            throw new IllegalArgumentException(
                    "pulse counts %d to %d are no range".formatted(countBefore, countAfter));
        }
    }

    /// The range of one generation transaction.
    public static PulseRange of(MarketStep step, Generation generation) {
        return new PulseRange(
                step,
                generation.sequence(),
                generation.sequence(),
                generation.count() - generation.pulses(),
                generation.count());
    }

    /// Whether the transaction is the next pulse of this meter and in the same step.
    public boolean continuesWith(MarketStep itsStep, Generation generation) {
        return step.equals(itsStep)
                && generation.count() - generation.pulses() == countAfter
                && generation.sequence() > lastSequence;
    }

    /// This range with one more generation transaction at its end.
    public PulseRange extendedBy(Generation generation) {
        return new PulseRange(
                step, firstSequence, generation.sequence(), countBefore, generation.count());
    }

    public long pulses() {
        return countAfter - countBefore;
    }

    /// Difference of two registers: rounding never adds up.
    public Energy energy(PulseConstant constant) {
        return constant.register(countAfter).minus(constant.register(countBefore));
    }

    /// Appends the five numbers.
    public void write(CborWriter writer) {
        writer.unsigned(step.index())
                .unsigned(firstSequence)
                .unsigned(lastSequence)
                .unsigned(countBefore)
                .unsigned(countAfter);
    }

    /// Reads the five numbers.
    public static PulseRange read(CborReader reader) throws MalformedException {
        return new PulseRange(
                new MarketStep(reader.unsigned("market step", MarketStep.MAX_INDEX)),
                reader.unsigned("first sequence", ChainLink.MAX_SEQUENCE),
                reader.unsigned("last sequence", ChainLink.MAX_SEQUENCE),
                reader.unsigned("count before", PulseConstant.MAX_COUNT),
                reader.unsigned("count after", PulseConstant.MAX_COUNT));
    }
}
