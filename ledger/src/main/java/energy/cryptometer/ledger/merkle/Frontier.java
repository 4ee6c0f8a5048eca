package energy.cryptometer.ledger.merkle;

import energy.cryptometer.ledger.hash.Hash;
import java.util.ArrayList;
import java.util.List;

/// The right edge of a growing tree: enough to append and to know the root, without the leaves.
///
/// `peaks` holds the roots of the full subtrees that the tree falls into, from left to right and
/// from the largest to the smallest: one for each bit set in `size`, at most 63. Another number of
/// peaks, or a negative size, is an `IllegalArgumentException`.
public record Frontier(long size, List<Hash> peaks) {

    /// The tree without leaves.
    public static final Frontier EMPTY = new Frontier(0, List.of());

    public Frontier {
        if (size < 0) {
            throw new IllegalArgumentException("tree size is negative: " + size);
        }
        if (peaks.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "a tree of %d leaves has %d peaks, not %d"
                            .formatted(size, Long.bitCount(size), peaks.size()));
        }
        peaks = List.copyOf(peaks);
    }

    /// The tree with one more leaf. Equal subtrees at the end merge, as a carry runs through a
    /// binary counter.
    public Frontier append(Hash leafHash) {
        List<Hash> grown = new ArrayList<>(peaks);
        Hash carry = leafHash;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            carry = TreeHash.node(grown.removeLast(), carry);
        }
        grown.add(carry);
        return new Frontier(Math.addExact(size, 1), grown);
    }

    /// The Merkle Tree Hash of all leaves appended so far.
    public Hash root() {
        if (peaks.isEmpty()) {
            return TreeHash.EMPTY_ROOT;
        }
        Hash root = peaks.getLast();
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = TreeHash.node(peaks.get(i), root);
        }
        return root;
    }
}
