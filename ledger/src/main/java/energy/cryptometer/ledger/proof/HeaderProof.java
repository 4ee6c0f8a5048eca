package energy.cryptometer.ledger.proof;

import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.InclusionProof;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.unit.Height;
import java.util.List;

/// An older header stands in the history a newer one signs: `[height, path]`. A year is a jump, not
/// 35,040 steps.
///
/// @param height of the older header
/// @param path in the newer header's tree of headers, whose size is the newer height
public record HeaderProof(Height height, List<Hash> path) {
    /// Most hashes of a path: headers are fewer than 2^63.
    public static final int MAX_PATH = 63;

    public HeaderProof {
        path = List.copyOf(path);
        if (path.size() > MAX_PATH) {
            throw new IllegalArgumentException(
                    "header proof has %d hashes, limit %d".formatted(path.size(), MAX_PATH));
        }
    }

    /// Checks that `older` belongs to the history of `newer`, which is trusted already.
    public ProofCheck check(Header newer, Header older, Community community) {
        if (!older.height().equals(height)) {
            return new ProofCheck.WrongHeight(older.height(), height);
        }
        if (height.compareTo(newer.height()) >= 0) {
            return new ProofCheck.WrongTreeSize(newer.height().value(), height.value());
        }
        Hash leaf = MerkleTree.leafHash(older.hash(community.shortId()).toBytes());
        return ProofCheck.of(
                new InclusionProof(height.value(), newer.height().value(), path)
                        .verify(leaf, newer.headersRoot()));
    }

    public byte[] encode() {
        CborWriter writer = new CborWriter();
        writer.array(2).unsigned(height.value());
        ProofPath.write(writer, path);
        return writer.toByteArray();
    }

    /// Decodes strictly.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static HeaderProof decode(byte[] bytes) throws MalformedException {
        try {
            CborReader reader = new CborReader(bytes);
            reader.arrayOf("header proof", 2);
            Height height = new Height(reader.unsigned("height", Height.MAX_VALUE));
            HeaderProof proof = new HeaderProof(height, ProofPath.read(reader));
            reader.end("header proof");
            return proof;
        } catch (IllegalArgumentException refused) {
            throw new MalformedException(String.valueOf(refused.getMessage()));
        }
    }
}
