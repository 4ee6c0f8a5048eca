package energy.cryptometer.ledger.merkle;

import energy.cryptometer.ledger.hash.Hash;

/// The hashes and the shape of a tree, RFC 9162 section 2.1.1.
///
/// The tree is seen as rows: row 0 holds the leaf hashes; row k + 1 holds the parents of row k, and
/// a last node without a right sibling moves up unchanged. Row k of a tree of n leaves has ceil(n /
/// 2^k) nodes, so its last node has the index (n - 1) >> k. This gives the same tree as the
/// recursive definition of the RFC.
final class TreeHash {

    /// A path climbs at most 63 rows, since a size is a positive `long`.
    static final int MAX_ROWS = 63;

    /// The root of a tree without leaves: SHA-256 of nothing.
    static final Hash EMPTY_ROOT = Hash.sha256();

    private static final byte[] LEAF_PREFIX = {0x00};
    private static final byte[] NODE_PREFIX = {0x01};

    private TreeHash() {}

    static Hash leaf(byte[] entry) {
        return Hash.sha256(LEAF_PREFIX, entry);
    }

    static Hash node(Hash left, Hash right) {
        return Hash.sha256(NODE_PREFIX, left.toBytes(), right.toBytes());
    }

    /// How many siblings stand to the left of the way from `node` to the root: one for each bit
    /// set.
    static int leftSiblings(long node) {
        return Long.bitCount(node);
    }

    /// How many siblings stand to the right of the way from `node` to the root, where `last` is the
    /// last node of the same row: one in each row in which the way turns left before it meets the
    /// right border of the tree.
    static int rightSiblings(long node, long last) {
        int rowsBelowBorder = Long.SIZE - Long.numberOfLeadingZeros(node ^ last);
        return rowsBelowBorder - Long.bitCount(node & ((1L << rowsBelowBorder) - 1));
    }
}
