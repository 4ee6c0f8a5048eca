package energy.cryptometer.ledger.proof;

import energy.cryptometer.ledger.merkle.ProofVerdict;
import energy.cryptometer.ledger.unit.Height;

/// What a proof is worth against a header. Each case carries the two values that disagreed.
public sealed interface ProofCheck {
    /// What was to be proven stands in the block.
    record Proven() implements ProofCheck {}

    /// The proof speaks of another block than the header.
    record WrongHeight(Height header, Height proof) implements ProofCheck {}

    /// The proof assumes a tree of another size than the header signs.
    record WrongTreeSize(long signed, long claimed) implements ProofCheck {}

    /// The path does not lead to the signed root.
    record WrongPath(ProofVerdict why) implements ProofCheck {}

    default boolean proven() {
        return this instanceof Proven;
    }

    static ProofCheck of(ProofVerdict verdict) {
        return verdict.holds() ? new Proven() : new WrongPath(verdict);
    }
}
