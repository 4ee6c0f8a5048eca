package energy.cryptometer.ledger.merkle;

import energy.cryptometer.ledger.hash.Hash;

/// What we conclude about a proof. A proof that does not hold is an answer, not an exception; each
/// case carries the values that disagreed.
public sealed interface ProofVerdict {

    /// Every hash was used and every root came out as expected.
    record Holds() implements ProofVerdict {}

    /// The path has `got` hashes where this position in a tree of this size takes exactly
    /// `expected`.
    record WrongLength(int expected, int got) implements ProofVerdict {}

    /// The path leads to `calculated`, not to the root the verifier trusts.
    record RootMismatch(Hash expected, Hash calculated) implements ProofVerdict {}

    /// A consistency path does not rebuild the older root: `calculated` came out instead.
    record FirstRootMismatch(Hash expected, Hash calculated) implements ProofVerdict {}

    /// A range proof was asked about no leaf at all, or about leaves past the end of its tree.
    record OutsideTree(long first, long count, long size) implements ProofVerdict {}

    /// Whether the proof is true.
    default boolean holds() {
        return this instanceof Holds;
    }

    /// The verdict on a calculated root.
    static ProofVerdict compare(Hash expected, Hash calculated) {
        return expected.equals(calculated) ? new Holds() : new RootMismatch(expected, calculated);
    }
}
