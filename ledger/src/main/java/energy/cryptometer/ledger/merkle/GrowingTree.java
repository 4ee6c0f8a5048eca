package energy.cryptometer.ledger.merkle;

import energy.cryptometer.ledger.hash.Hash;
import java.util.ArrayList;
import java.util.List;

/// A tree that grows leaf by leaf and proves against each of its earlier sizes: each costs O(log n)
/// hashes. It keeps the root of every full subtree, which are the nodes that never change again:
/// two hashes for each leaf.
///
/// ```text
///   row 2          h0..3                          leaves 0 to 6, size 7
///                 /     \
///   row 1     h0,1      h2,3      h4,5            [h6] is no full subtree: where a proof needs it
///             /  \      /  \      /  \            in a row above, it moves up unchanged or is
///   row 0   h0   h1   h2   h3   h4   h5   h6      hashed with its left neighbour, and not kept
/// ```
///
/// Not safe for threads.
public final class GrowingTree {
    private final List<List<Hash>> rows = new ArrayList<>(List.of(new ArrayList<>()));

    /// Appends a leaf of which only the hash is known; see [MerkleTree#leafHash].
    public void append(Hash leafHash) {
        rows.getFirst().add(leafHash);
        for (int row = 0; rows.get(row).size() % 2 == 0; row++) {
            if (row + 1 == rows.size()) {
                rows.add(new ArrayList<>());
            }
            List<Hash> full = rows.get(row);
            rows.get(row + 1).add(TreeHash.node(full.get(full.size() - 2), full.getLast()));
        }
    }

    /// The number of leaves now.
    public long size() {
        return rows.getFirst().size();
    }

    /// The root of the tree of the first `size` leaves; `size` lies in [0, size()].
    public Hash root(long size) {
        return TreeRows.root(first(size));
    }

    /// Proves the leaf at `index` in the tree of the first `size` leaves.
    public InclusionProof inclusion(long index, long size) {
        return TreeRows.inclusion(first(size), index);
    }

    /// Proves the leaves [first, afterLast) in the tree of the first `size` leaves.
    public RangeProof range(long first, long afterLast, long size) {
        return TreeRows.range(first(size), first, afterLast);
    }

    /// Proves that the first `firstSize` leaves are the beginning of the first `secondSize`.
    public ConsistencyProof consistency(long firstSize, long secondSize) {
        return TreeRows.consistency(first(secondSize), firstSize);
    }

    private TreeRows first(long size) {
        if (size < 0 || size > size()) {
            throw new IllegalArgumentException(
                    "size %d is outside [0, %d]".formatted(size, size()));
        }
        return new Beginning(size);
    }

    /// The tree as it stood when it had `size` leaves.
    private final class Beginning implements TreeRows {
        private final long size;

        Beginning(long size) {
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public Hash at(int row, long node) {
            if ((node + 1) << row <= size) {
                return rows.get(row).get(Math.toIntExact(node));
            }
            Hash left = at(row - 1, 2 * node);
            long last = (size - 1) >> (row - 1);
            return 2 * node < last ? TreeHash.node(left, at(row - 1, 2 * node + 1)) : left;
        }
    }
}
