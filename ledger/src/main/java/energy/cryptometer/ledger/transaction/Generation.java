package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.unit.ClockQuality;
import energy.cryptometer.ledger.unit.PulseConstant;

/// Energy comes into being: a pulse of an MID meter (paper, Table 1, 1 and 3).
///
/// @param count cumulative pulses of this meter, this transaction's included, 1 to 10^12
/// @param pulses pulses in this transaction: 1; more only where the community allows it and the
///   meter has a backlog
/// @param capture when the last of them was captured; decides the market step
public record Generation(
        ChainLink link, long count, int pulses, Capture capture, PulseStatus status)
        implements Transaction {
    /// Largest number of pulses in one transaction that any community may allow.
    public static final int MAX_PULSES = 1000;

    public Generation {
        if (count < 1 || count > PulseConstant.MAX_COUNT) {
            throw new IllegalArgumentException(
                    "pulse count %d is outside 1 to %d".formatted(count, PulseConstant.MAX_COUNT));
        }
        if (pulses < 1 || pulses > MAX_PULSES || pulses > count) {
            throw new IllegalArgumentException(
                    "pulses per transaction %d is outside 1 to %d"
                            .formatted(pulses, Math.min(count, MAX_PULSES)));
        }
    }

    @Override
    public TransactionType type() {
        return TransactionType.GENERATION;
    }

    @Override
    public int fieldCount() {
        return 8;
    }

    @Override
    public void writeFields(CborWriter writer) {
        writer.unsigned(count)
                .unsigned(pulses)
                .unsigned(capture.epochMillis())
                .unsigned(capture.quality().code())
                .unsigned(status.code());
    }

    static Generation read(ChainLink link, CborReader reader) throws MalformedException {
        long count = reader.unsigned("pulse count", PulseConstant.MAX_COUNT);
        int pulses = (int) reader.unsigned("pulses in this transaction", MAX_PULSES);
        long millis = reader.unsigned("captured at", Capture.MAX_MILLIS);
        ClockQuality quality = ClockQuality.ofCode(reader.unsigned("clock quality", 2));
        PulseStatus status = PulseStatus.ofCode(reader.unsigned("pulse status", 2));
        return new Generation(link, count, pulses, Capture.ofMillis(millis, quality), status);
    }
}
