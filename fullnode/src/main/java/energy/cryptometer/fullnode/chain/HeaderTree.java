package energy.cryptometer.fullnode.chain;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.MerkleTree;
import java.util.ArrayList;
import java.util.List;

/// The tree over the genesis hash and all header hashes, with every full subtree kept, so that a
/// proof for any earlier size costs O(log n) hashes. Two hashes per block: 5 MB a year at 15
/// minutes. Safe for threads.
final class HeaderTree {
    private final List<List<Hash>> rows = new ArrayList<>(List.of(new ArrayList<>()));

    synchronized void append(Hash leaf) {
        rows.getFirst().add(leaf);
        for (int level = 0; rows.get(level).size() % 2 == 0; level++) {
            if (level + 1 == rows.size()) {
                rows.add(new ArrayList<>());
            }
            List<Hash> row = rows.get(level);
            rows.get(level + 1).add(node(row.get(row.size() - 2), row.getLast()));
        }
    }

    synchronized long size() {
        return rows.getFirst().size();
    }

    /// The path of a leaf in the tree of the first `size` leaves (RFC 9162, 2.1.3.1).
    ///
    /// @throws IllegalArgumentException unless 0 <= index < size <= size()
    synchronized List<Hash> path(long index, long size) {
        if (index < 0 || index >= size || size > size()) {
            throw new IllegalArgumentException(
                    "leaf %d of a tree of %d, %d are known".formatted(index, size, size()));
        }
        List<Hash> path = new ArrayList<>();
        long first = 0;
        long end = size;
        while (end - first > 1) {
            long middle = first + split(end - first);
            if (index < middle) {
                path.addFirst(root(middle, end));
                end = middle;
            } else {
                path.addFirst(root(first, middle));
                first = middle;
            }
        }
        return List.copyOf(path);
    }

    private Hash root(long first, long end) {
        long size = end - first;
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return rows.get(level).get(Math.toIntExact(first >> level));
        }
        long middle = first + split(size);
        return node(root(first, middle), root(middle, end));
    }

    /// The largest power of two below a size of at least 2.
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    private static Hash node(Hash left, Hash right) {
        return MerkleTree.ofLeaves(List.of(left, right)).root();
    }
}
