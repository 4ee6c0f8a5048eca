package energy.cryptometer.ledger.community;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.vrf.VrfPublicKey;

/// A community node: it votes with one key and takes part in the lottery with another.
///
/// @param key signs votes; its account ranks the node in the set
/// @param vrfKey proves the node's random numbers (RFC 9381)
public record NodeEntry(PublicKey key, VrfPublicKey vrfKey) implements Entry {
    @Override
    public int kind() {
        return 3;
    }

    @Override
    public void write(CborWriter writer) {
        writer.array(3).unsigned(kind()).bytes(key.compressed()).bytes(vrfKey.toBytes());
    }

    static NodeEntry readFields(CborReader reader) throws MalformedException {
        PublicKey key = PublicKey.of(reader.bytesOf("node key", 33));
        byte[] vrfKey = reader.bytesOf("node VRF key", 33);
        try {
            return new NodeEntry(key, VrfPublicKey.of(vrfKey));
        } catch (IllegalArgumentException refused) {
            throw new MalformedException("node VRF key: " + refused.getMessage());
        }
    }
}
