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

    private final List<List<Hash>> rows;

    private MerkleTree(List<Hash> leafHashes) {
        List<Hash> row = List.copyOf(leafHashes);
        this.rows = new ArrayList<>();
        rows.add(row);
        while (row.size() > 1) {
            row = RangeProof.parents(row);
            rows.add(row);
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
        return rows.getFirst().size();
    }

    /// The Merkle Tree Hash of all leaves.
    public Hash root() {
        return size() == 0 ? TreeHash.EMPTY_ROOT : rows.getLast().getFirst();
    }

    /// Proves the leaf at `index`, which lies in [0, size()).
    public InclusionProof inclusion(long index) {
        if (index < 0 || index >= size()) {
            throw new IllegalArgumentException(
                    "index " + index + " is outside [0, " + size() + ")");
        }
        return new InclusionProof(index, size(), range(index, index + 1).path());
    }

    /// Proves the leaves [first, afterLast), at least one, all in the tree.
    public RangeProof range(long first, long afterLast) {
        if (first < 0 || first >= afterLast || afterLast > size()) {
            throw new IllegalArgumentException(
                    "leaves [%d, %d) are none or not in a tree of %d leaves"
                            .formatted(first, afterLast, size()));
        }
        long low = first;
        long high = afterLast - 1;
        List<Hash> path = new ArrayList<>();
        for (int row = 0; row < rows.size() - 1; row++, low >>= 1, high >>= 1) {
            if ((low & 1) == 1) {
                path.add(at(row, low - 1));
            }
            if ((high & 1) == 0 && high < lastOf(row)) {
                path.add(at(row, high + 1));
            }
        }
        return new RangeProof(first, size(), path);
    }

    /// Proves that the first `firstSize` leaves were a tree of their own; `firstSize` lies in [1,
    /// size()].
    public ConsistencyProof consistency(long firstSize) {
        if (firstSize < 1 || firstSize > size()) {
            throw new IllegalArgumentException(
                    "first size " + firstSize + " is outside [1, " + size() + "]");
        }
        if (firstSize == size()) {
            return new ConsistencyProof(firstSize, size(), List.of());
        }
        int row = Long.numberOfTrailingZeros(firstSize);
        long node = (firstSize - 1) >> row;
        List<Hash> path = new ArrayList<>();
        if (!ConsistencyProof.isFull(firstSize)) {
            path.add(at(row, node));
        }
        for (; row < rows.size() - 1; row++, node >>= 1) {
            if ((node & 1) == 1) {
                path.add(at(row, node - 1));
            } else if (node < lastOf(row)) {
                path.add(at(row, node + 1));
            }
        }
        return new ConsistencyProof(firstSize, size(), path);
    }

    private long lastOf(int row) {
        return rows.get(row).size() - 1L;
    }

    private Hash at(int row, long node) {
        return rows.get(row).get(Math.toIntExact(node));
    }

    /// Size and root, for a log line.
    @Override
    public String toString() {
        return "MerkleTree[size=" + size() + ", root=" + root() + "]";
    }
}
