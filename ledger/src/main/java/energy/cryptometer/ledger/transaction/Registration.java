package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Entry;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.AccountId;
import java.util.ArrayList;
import java.util.List;

/// The grid operator changes who takes part. A replacement admits one entry and revokes another at
/// the same instant, so a counter continues where the old one ended; a change of contract shares
/// replaces all participants concerned at once, so the shares always add up.
///
/// @param admitted entries that begin, at most 400
/// @param revoked accounts that end, at most 400
public record Registration(ChainLink link, List<Entry> admitted, List<AccountId> revoked)
        implements Transaction {
    public static final int MAX_CHANGES = 400;

    public Registration {
        admitted = List.copyOf(admitted);
        revoked = List.copyOf(revoked);
        if (admitted.size() > MAX_CHANGES
                || revoked.size() > MAX_CHANGES
                || (admitted.isEmpty() && revoked.isEmpty())) {
            throw new IllegalArgumentException(
                    "registration admits %d and revokes %d, allowed 1 to %d changes"
                            .formatted(admitted.size(), revoked.size(), MAX_CHANGES));
        }
    }

    @Override
    public TransactionType type() {
        return TransactionType.REGISTRATION;
    }

    @Override
    public int fieldCount() {
        return 5;
    }

    @Override
    public void writeFields(CborWriter writer) {
        writer.array(admitted.size());
        admitted.forEach(entry -> entry.write(writer));
        writer.array(revoked.size());
        revoked.forEach(account -> writer.bytes(account.toBytes()));
    }

    static Registration read(ChainLink link, CborReader reader) throws MalformedException {
        int admittedCount = reader.array("admitted entries", MAX_CHANGES);
        List<Entry> admitted = new ArrayList<>();
        for (int i = 0; i < admittedCount; i++) {
            admitted.add(Entry.read(reader));
        }
        int revokedCount = reader.array("revoked accounts", MAX_CHANGES);
        List<AccountId> revoked = new ArrayList<>();
        for (int i = 0; i < revokedCount; i++) {
            revoked.add(new AccountId(Hash.of(reader.bytesOf("revoked account", 32))));
        }
        return new Registration(link, admitted, revoked);
    }
}
