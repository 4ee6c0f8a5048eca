package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.MarketStep;
import java.util.ArrayList;
import java.util.List;

/// The virtual power plant divides the energy of one market step (paper, Table 1, 5). Every node
/// computes the division again from the contract and refuses another result.
///
/// @param transfers ids of the transfers that are divided, ascending, each once
/// @param credits one per participant, ascending by account; zero energy is written too
public record Allocation(
        ChainLink link, MarketStep step, List<Hash> transfers, List<Credit> credits)
        implements Transaction {
    /// Most transfers one allocation may divide.
    public static final int MAX_TRANSFERS = 500;

    /// Most participants of a community.
    public static final int MAX_CREDITS = 400;

    public Allocation {
        transfers = List.copyOf(transfers);
        credits = List.copyOf(credits);
        if (transfers.isEmpty() || transfers.size() > MAX_TRANSFERS) {
            throw new IllegalArgumentException(
                    "allocation of %d transfers is outside 1 to %d"
                            .formatted(transfers.size(), MAX_TRANSFERS));
        }
        if (credits.isEmpty() || credits.size() > MAX_CREDITS) {
            throw new IllegalArgumentException(
                    "allocation to %d participants is outside 1 to %d"
                            .formatted(credits.size(), MAX_CREDITS));
        }
        for (int i = 1; i < transfers.size(); i++) {
            if (transfers.get(i - 1).compareTo(transfers.get(i)) >= 0) {
                throw new IllegalArgumentException("allocation's transfers are not ascending");
            }
        }
        for (int i = 1; i < credits.size(); i++) {
            if (credits.get(i - 1).account().compareTo(credits.get(i).account()) >= 0) {
                throw new IllegalArgumentException("allocation's accounts are not ascending");
            }
        }
    }

    @Override
    public TransactionType type() {
        return TransactionType.ALLOCATION;
    }

    @Override
    public int fieldCount() {
        return 6;
    }

    @Override
    public void writeFields(CborWriter writer) {
        writer.unsigned(step.index()).array(transfers.size());
        transfers.forEach(id -> writer.bytes(id.toBytes()));
        writer.array(credits.size());
        for (Credit credit : credits) {
            writer.array(2)
                    .bytes(credit.account().toBytes())
                    .unsigned(credit.energy().milliwattHours());
        }
    }

    static Allocation read(ChainLink link, CborReader reader) throws MalformedException {
        MarketStep step = new MarketStep(reader.unsigned("market step", MarketStep.MAX_INDEX));
        int transferCount = reader.array("transfers", MAX_TRANSFERS);
        List<Hash> transfers = new ArrayList<>();
        for (int i = 0; i < transferCount; i++) {
            transfers.add(Hash.of(reader.bytesOf("transfer id", 32)));
        }
        int creditCount = reader.array("credits", MAX_CREDITS);
        List<Credit> credits = new ArrayList<>();
        for (int i = 0; i < creditCount; i++) {
            reader.arrayOf("credit", 2);
            AccountId account = new AccountId(Hash.of(reader.bytesOf("account", 32)));
            credits.add(
                    new Credit(
                            account,
                            new Energy(reader.unsigned("energy", Energy.MAX_MILLIWATT_HOURS))));
        }
        return new Allocation(link, step, transfers, credits);
    }
}
