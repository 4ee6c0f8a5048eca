package energy.cryptometer.ledger.state;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;

/// A node after a block: what age and reputation are computed from (paper, Table 3).
///
/// @param lastProposed height of its last approved block; 0 if there is none
/// @param proposed its approved blocks
public record NodeAccount(AccountId account, Height lastProposed, long proposed)
        implements Account {
    public NodeAccount {
        if (proposed < 0 || proposed > Height.MAX_VALUE) {
            throw new IllegalArgumentException("node has proposed %d blocks".formatted(proposed));
        }
    }

    /// A node that has proposed nothing yet.
    public static NodeAccount fresh(AccountId account) {
        return new NodeAccount(account, Height.GENESIS, 0);
    }

    @Override
    public int kind() {
        return 4;
    }

    @Override
    public int fieldCount() {
        return 4;
    }

    @Override
    public void writeFields(CborWriter writer) {
        writer.unsigned(lastProposed.value()).unsigned(proposed);
    }

    static NodeAccount readFields(AccountId account, CborReader reader) throws MalformedException {
        Height last = new Height(reader.unsigned("last proposed", Height.MAX_VALUE));
        return new NodeAccount(account, last, reader.unsigned("proposed", Height.MAX_VALUE));
    }
}
