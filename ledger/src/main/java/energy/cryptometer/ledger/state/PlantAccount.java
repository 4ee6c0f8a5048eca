package energy.cryptometer.ledger.state;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.MarketStep;
import java.util.ArrayList;
import java.util.List;

/// The virtual power plant after a block: what came in, what went out, what waits.
///
/// @param next place of its next transaction
/// @param received energy of all transfers
/// @param allocated energy of all allocations; received - allocated is what waits
/// @param waiting transfers not divided yet, in the order they were approved
public record PlantAccount(
        AccountId account,
        ChainLink next,
        Energy received,
        Energy allocated,
        List<WaitingTransfer> waiting)
        implements Account {
    /// Most transfers that may wait for their allocation.
    public static final int MAX_WAITING = 1000;

    /// A transfer that is not divided yet.
    ///
    /// @param id of the transfer
    public record WaitingTransfer(Hash id, MarketStep step, Energy energy) {}

    public PlantAccount {
        waiting = List.copyOf(waiting);
        if (waiting.size() > MAX_WAITING) {
            throw new IllegalArgumentException(
                    "%d transfers wait, limit %d".formatted(waiting.size(), MAX_WAITING));
        }
    }

    /// A plant that has received nothing yet.
    public static PlantAccount fresh(AccountId account) {
        return new PlantAccount(account, ChainLink.first(), Energy.ZERO, Energy.ZERO, List.of());
    }

    /// With one more transfer waiting.
    public PlantAccount receive(WaitingTransfer transfer) {
        List<WaitingTransfer> more = new ArrayList<>(waiting);
        more.add(transfer);
        return new PlantAccount(account, next, received.plus(transfer.energy()), allocated, more);
    }

    @Override
    public int kind() {
        return 3;
    }

    @Override
    public int fieldCount() {
        return 7;
    }

    @Override
    public void writeFields(CborWriter writer) {
        writer.unsigned(received.milliwattHours())
                .unsigned(allocated.milliwattHours())
                .unsigned(next.sequence())
                .bytes(next.previous().toBytes())
                .array(waiting.size());
        for (WaitingTransfer transfer : waiting) {
            writer.array(3)
                    .bytes(transfer.id().toBytes())
                    .unsigned(transfer.step().index())
                    .unsigned(transfer.energy().milliwattHours());
        }
    }

    static PlantAccount readFields(AccountId account, CborReader reader) throws MalformedException {
        Energy received = new Energy(reader.unsigned("received", Energy.MAX_MILLIWATT_HOURS));
        Energy allocated = new Energy(reader.unsigned("allocated", Energy.MAX_MILLIWATT_HOURS));
        long sequence = reader.unsigned("next sequence", ChainLink.MAX_SEQUENCE);
        Hash last = Hash.of(reader.bytesOf("last transaction", 32));
        int count = reader.array("waiting transfers", MAX_WAITING);
        List<WaitingTransfer> waiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reader.arrayOf("waiting transfer", 3);
            waiting.add(
                    new WaitingTransfer(
                            Hash.of(reader.bytesOf("transfer id", 32)),
                            new MarketStep(reader.unsigned("market step", MarketStep.MAX_INDEX)),
                            new Energy(reader.unsigned("energy", Energy.MAX_MILLIWATT_HOURS))));
        }
        return new PlantAccount(
                account, new ChainLink(sequence, last), received, allocated, waiting);
    }
}
