package energy.cryptometer.transport.message;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.transaction.ChainLink;

/// A node's answer to a batch: it has the sender's chain on disk up to here. Sent again for a batch
/// it has already: `[last sequence]`.
public record Accepted(long lastSequence) {
    public byte[] encode() {
        return new CborWriter().array(1).unsigned(lastSequence).toByteArray();
    }

    /// Decodes strictly.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static Accepted decode(byte[] bytes) throws MalformedException {
        CborReader reader = new CborReader(bytes);
        reader.arrayOf("submission answer", 1);
        long last = reader.unsigned("last sequence", ChainLink.MAX_SEQUENCE);
        reader.end("submission answer");
        return new Accepted(last);
    }
}
