package energy.cryptometer.transport.message;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.transaction.ChainLink;

/// Where a sender's chain stands at a node: `[next accepted, its predecessor, next approved, its
/// predecessor]`.
///
/// @param accepted place of the next transaction the node would take
/// @param approved place of the next transaction that could stand in a block
public record ChainPosition(ChainLink accepted, ChainLink approved) {
    public byte[] encode() {
        return new CborWriter()
                .array(4)
                .unsigned(accepted.sequence())
                .bytes(accepted.previous().toBytes())
                .unsigned(approved.sequence())
                .bytes(approved.previous().toBytes())
                .toByteArray();
    }

    /// Decodes strictly.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static ChainPosition decode(byte[] bytes) throws MalformedException {
        try {
            CborReader reader = new CborReader(bytes);
            reader.arrayOf("chain position", 4);
            ChainPosition position = new ChainPosition(link(reader), link(reader));
            reader.end("chain position");
            return position;
        } catch (IllegalArgumentException refused) {
            throw new MalformedException("chain position: " + refused.getMessage());
        }
    }

    private static ChainLink link(CborReader reader) throws MalformedException {
        long sequence = reader.unsigned("next sequence", ChainLink.MAX_SEQUENCE);
        return new ChainLink(sequence, Hash.of(reader.bytesOf("predecessor", 32)));
    }
}
