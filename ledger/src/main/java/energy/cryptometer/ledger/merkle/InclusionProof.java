package energy.cryptometer.ledger.merkle;

import static energy.cryptometer.ledger.merkle.TreeHash.node;

import energy.cryptometer.ledger.hash.Hash;
import java.util.List;

/// The leaf at `index` stands in the tree of `size` leaves, RFC 9162 section 2.1.3.
///
/// The path goes from the leaf to the root. `index` lies in [0, size); the path has at most 63
/// hashes; anything else is an `IllegalArgumentException`. A tree of one leaf has an empty path.
///
/// A true verdict says nothing about `index` and `size` unless `size` was compared with a signed
/// value: under another size the same path may be true at another index.
public record InclusionProof(long index, long size, List<Hash> path) {

    public InclusionProof {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("index " + index + " is outside [0, " + size + ")");
        }
        if (path.size() > TreeHash.MAX_ROWS) {
            throw new IllegalArgumentException(
                    "inclusion path of " + path.size() + " hashes, limit " + TreeHash.MAX_ROWS);
        }
        path = List.copyOf(path);
    }

    /// Climbs from the leaf hash to the root, row by row. The length is checked first and exactly;
    /// the climb ends at the root and nowhere else, so nothing can be left over.
    public ProofVerdict verify(Hash leafHash, Hash root) {
        long node = index;
        long last = size - 1;
        int expected = TreeHash.leftSiblings(node) + TreeHash.rightSiblings(node, last);
        if (path.size() != expected) {
            return new ProofVerdict.WrongLength(expected, path.size());
        }
        Hash hash = leafHash;
        int used = 0;
        for (; last > 0; node >>= 1, last >>= 1) {
            if ((node & 1) == 1) {
                hash = node(path.get(used++), hash);
            } else if (node < last) {
                hash = node(hash, path.get(used++));
            }
        }
        return ProofVerdict.compare(root, hash);
    }
}
