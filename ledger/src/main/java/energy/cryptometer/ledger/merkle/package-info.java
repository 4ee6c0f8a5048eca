/// Merkle trees of RFC 9162 section 2.1: roots, and proofs of inclusion, consistency and range.
///
/// Seven leaves, 0 to 6. A node without a neighbour moves up unchanged, as leaf 6 does:
///
/// ```text
///                 root
///              /        \
///           k              l
///         /   \          /   \
///       g       h       i      6
///      / \     / \     / \
///     0   1   2   3   4   5
///
///     inclusion of leaf 4       5, 6, k    with leaf 4 gives i, l, root
///     range of leaves 2 to 4    5, g, 6    with 2, 3, 4 gives h, i, then k, l, then root
///     consistency of 4 with 7   l          the root of the first 4 leaves is k
///     frontier of the 7 leaves  k, i, 6    full subtrees: 4 + 2 + 1 leaves
/// ```
///
/// A proof carries its tree size, and for inclusion its index, but a root does not bind them: the
/// same path can be true under another size. Whoever verifies compares `size()` with a signed value
/// (the count in a header) before believing a verdict that holds.
@NullMarked
package energy.cryptometer.ledger.merkle;

import org.jspecify.annotations.NullMarked;
