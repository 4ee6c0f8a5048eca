package energy.cryptometer.ledger.merkle;

import static energy.cryptometer.ledger.merkle.TreeHash.node;

import energy.cryptometer.ledger.hash.Hash;
import java.util.List;

/// The first `firstSize` leaves of the tree of `secondSize` leaves are the older tree: nothing was
/// changed, only appended. RFC 9162 section 2.1.4.
///
/// `1 <= firstSize <= secondSize`, because every tree extends the empty one and a proof of that
/// says nothing; the path has at most 64 hashes; anything else is an `IllegalArgumentException`.
/// Equal sizes take an empty path and equal roots.
public record ConsistencyProof(long firstSize, long secondSize, List<Hash> path) {

    private static final int MAX_PATH = TreeHash.MAX_ROWS + 1;

    public ConsistencyProof {
        if (firstSize < 1 || firstSize > secondSize) {
            throw new IllegalArgumentException(
                    "first size " + firstSize + " is outside [1, " + secondSize + "]");
        }
        if (path.size() > MAX_PATH) {
            throw new IllegalArgumentException(
                    "consistency path of " + path.size() + " hashes, limit " + MAX_PATH);
        }
        path = List.copyOf(path);
    }

    /// Rebuilds both roots from one path. It starts at the largest full subtree that ends the older
    /// tree: the first hash of the path or, where the older tree is itself full, its root.
    public ProofVerdict verify(Hash firstRoot, Hash secondRoot) {
        int expected = expectedLength();
        if (path.size() != expected) {
            return new ProofVerdict.WrongLength(expected, path.size());
        }
        if (firstSize == secondSize) {
            return ProofVerdict.compare(secondRoot, firstRoot);
        }
        int used = 0;
        Hash older = isFull(firstSize) ? firstRoot : path.get(used++);
        Hash newer = older;
        long node = startNode();
        for (long last = startLast(); last > 0; node >>= 1, last >>= 1) {
            if ((node & 1) == 1) {
                older = node(path.get(used), older);
                newer = node(path.get(used++), newer);
            } else if (node < last) {
                newer = node(newer, path.get(used++));
            }
        }
        if (!older.equals(firstRoot)) {
            return new ProofVerdict.FirstRootMismatch(firstRoot, older);
        }
        return ProofVerdict.compare(secondRoot, newer);
    }

    private int expectedLength() {
        if (firstSize == secondSize) {
            return 0;
        }
        long node = startNode();
        int start = isFull(firstSize) ? 0 : 1;
        return start + TreeHash.leftSiblings(node) + TreeHash.rightSiblings(node, startLast());
    }

    private long startNode() {
        return (firstSize - 1) >> Long.numberOfTrailingZeros(firstSize);
    }

    private long startLast() {
        return (secondSize - 1) >> Long.numberOfTrailingZeros(firstSize);
    }

    /// A full tree has a power of two leaves.
    static boolean isFull(long size) {
        return Long.bitCount(size) == 1;
    }
}
