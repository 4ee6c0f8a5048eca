package energy.cryptometer.ledger.merkle;

import energy.cryptometer.ledger.hash.Hash;
import java.util.ArrayList;
import java.util.List;

/// A tree seen as rows, the leaf hashes in row 0 (see [TreeHash]): all that is needed to look up
/// the hashes of a proof. Trees that keep their nodes in different ways make the same proofs here.
interface TreeRows {
    /// The number of leaves.
    long size();

    /// A node, counted from the left; `node` is at most `(size() - 1) >> row`.
    Hash at(int row, long node);

    /// The Merkle Tree Hash of all leaves.
    static Hash root(TreeRows tree) {
        if (tree.size() == 0) {
            return TreeHash.EMPTY_ROOT;
        }
        int top = Long.SIZE - Long.numberOfLeadingZeros(tree.size() - 1);
        return tree.at(top, 0);
    }

    static InclusionProof inclusion(TreeRows tree, long index) {
        if (index < 0 || index >= tree.size()) {
            throw new IllegalArgumentException(
                    "index " + index + " is outside [0, " + tree.size() + ")");
        }
        return new InclusionProof(index, tree.size(), range(tree, index, index + 1).path());
    }

    static RangeProof range(TreeRows tree, long first, long afterLast) {
        if (first < 0 || first >= afterLast || afterLast > tree.size()) {
            throw new IllegalArgumentException(
                    "leaves [%d, %d) are none or not in a tree of %d leaves"
                            .formatted(first, afterLast, tree.size()));
        }
        long low = first;
        long high = afterLast - 1;
        List<Hash> path = new ArrayList<>();
        int row = 0;
        for (long last = tree.size() - 1; last > 0; last >>= 1, low >>= 1, high >>= 1) {
            if ((low & 1) == 1) {
                path.add(tree.at(row, low - 1));
            }
            if ((high & 1) == 0 && high < last) {
                path.add(tree.at(row, high + 1));
            }
            row++;
        }
        return new RangeProof(first, tree.size(), path);
    }

    static ConsistencyProof consistency(TreeRows tree, long firstSize) {
        long size = tree.size();
        if (firstSize < 1 || firstSize > size) {
            throw new IllegalArgumentException(
                    "first size " + firstSize + " is outside [1, " + size + "]");
        }
        if (firstSize == size) {
            return new ConsistencyProof(firstSize, size, List.of());
        }
        int row = Long.numberOfTrailingZeros(firstSize);
        long node = (firstSize - 1) >> row;
        List<Hash> path = new ArrayList<>();
        if (!ConsistencyProof.isFull(firstSize)) {
            path.add(tree.at(row, node));
        }
        for (long last = (size - 1) >> row; last > 0; last >>= 1, node >>= 1) {
            if ((node & 1) == 1) {
                path.add(tree.at(row, node - 1));
            } else if (node < last) {
                path.add(tree.at(row, node + 1));
            }
            row++;
        }
        return new ConsistencyProof(firstSize, size, path);
    }
}
