package energy.cryptometer.ledger.community;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.unit.AccountId;

/// Somebody the grid operator has admitted. On the wire: an array that begins with the kind.
public sealed interface Entry permits MeterEntry, ParticipantEntry, NodeEntry {
    PublicKey key();

    /// 1 meter, 2 participant, 3 node.
    int kind();

    void write(CborWriter writer);

    /// The pseudonym of its key.
    default AccountId account() {
        return AccountId.of(key());
    }

    /// Reads one entry strictly.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    static Entry read(CborReader reader) throws MalformedException {
        int fields = reader.array("entry", 8);
        int kind = (int) reader.unsigned("entry kind", 3);
        Entry entry =
                switch (kind) {
                    case 1 -> MeterEntry.readFields(reader);
                    case 2 -> ParticipantEntry.readFields(reader);
                    case 3 -> NodeEntry.readFields(reader);
                    default -> throw new MalformedException("entry kind 0 is outside 1 to 3");
                };
        int expected = kind == 1 ? 6 : 3;
        if (fields != expected) {
            throw new MalformedException(
                    "entry of kind %d has %d fields, expected %d"
                            .formatted(kind, fields, expected));
        }
        return entry;
    }
}
