package energy.cryptometer.ledger.merkle;

import static energy.cryptometer.ledger.merkle.TreeHash.node;

import energy.cryptometer.ledger.hash.Hash;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// The leaves from `first` on, as many as the verifier brings, stand next to one another in the
/// tree of `size` leaves. One proof for all of them.
///
/// Order of the path, for whoever writes it anew. Let [low, high] be the nodes known in a row,
/// starting with the leaves, and `last` the last node of that row, starting with size - 1. While
/// `last > 0`:
///
/// 1. if low is odd, the path gives node low - 1; low becomes low - 1;
/// 2. if high is even and high < last, the path gives node high + 1; high becomes high + 1;
/// 3. hash the pairs: node j of the next row is SHA-256(0x01 || node 2j || node 2j + 1); where high
///    = last is even, it moves up unchanged; halve low, high and last, rounding down.
///
/// So the path runs from the leaves to the root, and in one row the left hash comes before the
/// right one. For a single leaf this is the path of its [InclusionProof].
///
/// `first` lies in [0, size); the path has at most 126 hashes; anything else is an
/// `IllegalArgumentException`. As with inclusion, `size` has to be compared with a signed value.
public record RangeProof(long first, long size, List<Hash> path) {

    private static final int MAX_PATH = 2 * TreeHash.MAX_ROWS;

    public RangeProof {
        if (first < 0 || first >= size) {
            throw new IllegalArgumentException(
                    "first leaf " + first + " is outside [0, " + size + ")");
        }
        if (path.size() > MAX_PATH) {
            throw new IllegalArgumentException(
                    "range path of " + path.size() + " hashes, limit " + MAX_PATH);
        }
        path = List.copyOf(path);
    }

    /// Rebuilds the root from consecutive leaf hashes, the first of which is number `first`.
    public ProofVerdict verify(List<Hash> leafHashes, Hash root) {
        int count = leafHashes.size();
        if (count == 0 || count > size - first) {
            return new ProofVerdict.OutsideTree(first, count, size);
        }
        long low = first;
        long high = first + count - 1;
        long last = size - 1;
        int expected = TreeHash.leftSiblings(low) + TreeHash.rightSiblings(high, last);
        if (path.size() != expected) {
            return new ProofVerdict.WrongLength(expected, path.size());
        }
        Iterator<Hash> siblings = path.iterator();
        List<Hash> row = List.copyOf(leafHashes);
        for (; last > 0; low >>= 1, high >>= 1, last >>= 1) {
            List<Hash> whole = new ArrayList<>(row.size() + 2);
            if ((low & 1) == 1) {
                whole.add(siblings.next());
            }
            whole.addAll(row);
            if ((high & 1) == 0 && high < last) {
                whole.add(siblings.next());
            }
            row = parents(whole);
        }
        return ProofVerdict.compare(root, row.getFirst());
    }

    /// The row above; a node left over at the end moves up unchanged.
    static List<Hash> parents(List<Hash> row) {
        List<Hash> above = new ArrayList<>((row.size() + 1) / 2);
        for (int i = 0; i + 1 < row.size(); i += 2) {
            above.add(node(row.get(i), row.get(i + 1)));
        }
        if (row.size() % 2 == 1) {
            above.add(row.getLast());
        }
        return above;
    }
}
