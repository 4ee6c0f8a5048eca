package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;

/// All energy of one market step moves from a meter to the virtual power plant (paper, Table 1, 2
/// and 4). A pulse that came after its step's transfer is moved by a supplementary one.
///
/// @param range the pulses whose energy moves
/// @param to the virtual power plant
/// @param energy difference of the registers at both ends of the range
public record Transfer(ChainLink link, PulseRange range, AccountId to, Energy energy)
        implements Transaction {
    @Override
    public TransactionType type() {
        return TransactionType.TRANSFER;
    }

    @Override
    public int fieldCount() {
        return 10;
    }

    @Override
    public void writeFields(CborWriter writer) {
        range.write(writer);
        writer.bytes(to.toBytes()).unsigned(energy.milliwattHours());
    }

    static Transfer read(ChainLink link, CborReader reader) throws MalformedException {
        PulseRange range = PulseRange.read(reader);
        AccountId to = new AccountId(Hash.of(reader.bytesOf("receiving account", 32)));
        return new Transfer(
                link, range, to, new Energy(reader.unsigned("energy", Energy.MAX_MILLIWATT_HOURS)));
    }
}
