package energy.cryptometer.ledger.state;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.AccountId;

/// One leaf of the state tree: all the ledger knows of one account after a block. On the wire an
/// array that begins `[kind, account`.
public sealed interface Account
        permits MeterAccount, ParticipantAccount, PlantAccount, NodeAccount {
    /// Largest encoded leaf, in bytes.
    int MAX_BYTES = 64 * 1024;

    AccountId account();

    /// 1 meter, 2 participant, 3 virtual power plant, 4 node: the first part of the sort key.
    int kind();

    /// Number of elements in the leaf array, kind and account included.
    int fieldCount();

    /// Appends the elements behind `[kind, account`.
    void writeFields(CborWriter writer);

    default byte[] encode() {
        CborWriter writer = new CborWriter();
        writer.array(fieldCount()).unsigned(kind()).bytes(account().toBytes());
        writeFields(writer);
        return writer.toByteArray();
    }

    /// Decodes a leaf strictly.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    static Account decode(byte[] bytes) throws MalformedException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException(
                    "state leaf has %d bytes, limit %d".formatted(bytes.length, MAX_BYTES));
        }
        try {
            CborReader reader = new CborReader(bytes);
            int fields = reader.array("state leaf", 16);
            int kind = (int) reader.unsigned("account kind", 4);
            AccountId id = new AccountId(Hash.of(reader.bytesOf("account", 32)));
            Account account =
                    switch (kind) {
                        case 1 -> MeterAccount.readFields(id, reader);
                        case 2 -> ParticipantAccount.readFields(id, reader);
                        case 3 -> PlantAccount.readFields(id, reader);
                        case 4 -> NodeAccount.readFields(id, reader);
                        default -> throw new MalformedException("account kind 0 is outside 1 to 4");
                    };
            reader.end("state leaf");
            if (fields != account.fieldCount()) {
                throw new MalformedException(
                        "state leaf of kind %d has %d fields, expected %d"
                                .formatted(kind, fields, account.fieldCount()));
            }
            return account;
        } catch (IllegalArgumentException refused) {
            throw new MalformedException("state leaf: " + refused.getMessage());
        }
    }
}
