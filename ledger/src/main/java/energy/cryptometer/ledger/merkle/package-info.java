/// Merkle trees of RFC 9162 section 2.1: roots, and proofs of inclusion, consistency and range.
///
/// A proof carries its tree size, and for inclusion its index, but a root does not bind them: the
/// same path can be true under another size. Whoever verifies compares `size()` with a signed value
/// (the count in a header) before believing a verdict that holds.
@NullMarked
package energy.cryptometer.ledger.merkle;

import org.jspecify.annotations.NullMarked;
