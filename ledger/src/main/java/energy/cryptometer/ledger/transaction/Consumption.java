package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.MarketStep;

/// The grid operator states what a participant consumed in one step (paper, 2.3): for dynamic keys
/// and for the computed market face meter.
public record Consumption(ChainLink link, MarketStep step, AccountId participant, Energy energy)
        implements Transaction {
    @Override
    public TransactionType type() {
        return TransactionType.CONSUMPTION;
    }

    @Override
    public int fieldCount() {
        return 6;
    }

    @Override
    public void writeFields(CborWriter writer) {
        writer.unsigned(step.index())
                .bytes(participant.toBytes())
                .unsigned(energy.milliwattHours());
    }

    static Consumption read(ChainLink link, CborReader reader) throws MalformedException {
        MarketStep step = new MarketStep(reader.unsigned("market step", MarketStep.MAX_INDEX));
        AccountId participant = new AccountId(Hash.of(reader.bytesOf("participant", 32)));
        return new Consumption(
                link,
                step,
                participant,
                new Energy(reader.unsigned("energy", Energy.MAX_MILLIWATT_HOURS)));
    }
}
