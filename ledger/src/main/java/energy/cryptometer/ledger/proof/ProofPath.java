package energy.cryptometer.ledger.proof;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import java.util.ArrayList;
import java.util.List;

/// Hash paths as CBOR arrays of 32-byte strings.
final class ProofPath {
    /// Most hashes of any path: a range in a tree of 2^63 leaves.
    private static final int MAX_HASHES = 126;

    private ProofPath() {}

    static void write(CborWriter writer, List<Hash> path) {
        writer.array(path.size());
        path.forEach(hash -> writer.bytes(hash.toBytes()));
    }

    static List<Hash> read(CborReader reader) throws MalformedException {
        int count = reader.array("proof path", MAX_HASHES);
        List<Hash> path = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            path.add(Hash.of(reader.bytesOf("path hash", 32)));
        }
        return path;
    }
}
