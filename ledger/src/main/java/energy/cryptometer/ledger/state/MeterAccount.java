package energy.cryptometer.ledger.state;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.PendingPulses;
import energy.cryptometer.ledger.transaction.PulseRange;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.util.ArrayList;
import java.util.List;

/// A meter after a block.
///
/// @param next place of its next transaction
/// @param count pulses approved so far
/// @param pending pulses whose energy has not moved yet
public record MeterAccount(
        AccountId account,
        PulseConstant constant,
        ChainLink next,
        long count,
        PendingPulses pending)
        implements Account {
    /// Most ranges that may wait for their transfer; a meter that never transfers is stopped here.
    public static final int MAX_PENDING = 200;

    public MeterAccount {
        int ranges = pending.ranges().size();
        if (count < 0 || count > PulseConstant.MAX_COUNT || ranges > MAX_PENDING) {
            throw new IllegalArgumentException(
                    "meter account with count %d and %d pending ranges".formatted(count, ranges));
        }
    }

    /// A meter that has done nothing yet.
    public static MeterAccount fresh(AccountId account, PulseConstant constant) {
        return new MeterAccount(account, constant, ChainLink.first(), 0, PendingPulses.NONE);
    }

    /// floor(count * 10^6 / constant) mWh.
    public Energy register() {
        return constant.register(count);
    }

    @Override
    public int kind() {
        return 1;
    }

    @Override
    public int fieldCount() {
        return 7;
    }

    @Override
    public void writeFields(CborWriter writer) {
        writer.unsigned(constant.pulsesPerKilowattHour())
                .unsigned(count)
                .unsigned(next.sequence())
                .bytes(next.previous().toBytes())
                .array(pending.ranges().size());
        for (PulseRange range : pending.ranges()) {
            writer.array(5);
            range.write(writer);
        }
    }

    static MeterAccount readFields(AccountId account, CborReader reader) throws MalformedException {
        int constant = (int) reader.unsigned("pulse constant", PulseConstant.MAX);
        long count = reader.unsigned("pulse count", PulseConstant.MAX_COUNT);
        long sequence = reader.unsigned("next sequence", ChainLink.MAX_SEQUENCE);
        Hash last = Hash.of(reader.bytesOf("last transaction", 32));
        int ranges = reader.array("pending ranges", MAX_PENDING);
        List<PulseRange> pending = new ArrayList<>();
        for (int i = 0; i < ranges; i++) {
            reader.arrayOf("pending range", 5);
            pending.add(PulseRange.read(reader));
        }
        return new MeterAccount(
                account,
                new PulseConstant(constant),
                new ChainLink(sequence, last),
                count,
                new PendingPulses(pending));
    }
}
