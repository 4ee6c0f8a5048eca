package energy.cryptometer.ledger.merkle;

import energy.cryptometer.ledger.hash.Hash;
import java.util.ArrayList;
import java.util.List;

/// A tree of RFC 9162 section 2.1 over a known list of entries: leaf SHA-256(0x00 || entry), node
/// SHA-256(0x01 || left || right), no entries SHA-256 of nothing.
///
/// Built once in O(n) hashes and n nodes of memory beside the leaves; a proof then only looks up
/// O(log n) nodes.
public final class MerkleTree {

    private final Rows rows;

    private MerkleTree(List<Hash> leafHashes) {
        List<Hash> row = List.copyOf(leafHashes);
        List<List<Hash>> all = new ArrayList<>();
        all.add(row);
        while (row.size() > 1) {
            row = RangeProof.parents(row);
            all.add(row);
        }
        this.rows = new Rows(all);
    }

    private record Rows(List<List<Hash>> all) implements TreeRows {
        @Override
        public long size() {
            return all.getFirst().size();
        }

        @Override
        public Hash at(int row, long node) {
            return all.get(row).get(Math.toIntExact(node));
        }
    }

    /// The tree over these entries, in this order. An entry may be empty.
    public static MerkleTree ofEntries(List<byte[]> entries) {
        return new MerkleTree(entries.stream().map(TreeHash::leaf).toList());
    }

    /// The tree over entries of which only the leaf hashes are known; see [#leafHash].
    public static MerkleTree ofLeaves(List<Hash> leafHashes) {
        return new MerkleTree(leafHashes);
    }

    /// The hash of an entry as a leaf: SHA-256(0x00 || entry).
    public static Hash leafHash(byte[] entry) {
        return TreeHash.leaf(entry);
    }

    /// The number of leaves.
    public long size() {
        return rows.size();
    }

    /// The Merkle Tree Hash of all leaves.
    public Hash root() {
        return TreeRows.root(rows);
    }

    /// Proves the leaf at `index`, which lies in [0, size()).
    public InclusionProof inclusion(long index) {
        return TreeRows.inclusion(rows, index);
    }

    /// Proves the leaves [first, afterLast), at least one, all in the tree.
    public RangeProof range(long first, long afterLast) {
        return TreeRows.range(rows, first, afterLast);
    }

    /// Proves that the first `firstSize` leaves were a tree of their own; `firstSize` lies in [1,
    /// size()].
    public ConsistencyProof consistency(long firstSize) {
        return TreeRows.consistency(rows, firstSize);
    }

    /// Size and root, for a log line.
    @Override
    public String toString() {
        return "MerkleTree[size=" + size() + ", root=" + root() + "]";
    }
}
