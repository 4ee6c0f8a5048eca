package energy.cryptometer.lightclient.verify;

import energy.cryptometer.ledger.merkle.ProofVerdict;
import energy.cryptometer.ledger.proof.ProofCheck;
import energy.cryptometer.ledger.rule.Refusal;
import energy.cryptometer.ledger.unit.Height;
import java.time.Instant;
import java.util.function.Function;

/// What a proof shows, or why it shows nothing. Each case carries the two values that disagreed.
public sealed interface Finding<T> {
    /// It is so.
    record Proven<T>(T value) implements Finding<T> {}

    /// Header or transaction breaks a rule, or is not signed by whom it should be.
    record Forged<T>(Height height, Refusal refusal) implements Finding<T> {}

    /// The proof speaks of another block than the header, or of a block that was not asked for.
    record WrongHeight<T>(Height header, Height proof) implements Finding<T> {}

    /// The proof assumes a tree of another size than the header signs.
    record WrongTreeSize<T>(long signed, long claimed) implements Finding<T> {}

    /// What was shown is not what the block holds: the path does not lead to the signed root.
    record AlteredBlock<T>(ProofVerdict why) implements Finding<T> {}

    /// It belongs to another community. Both values are hexadecimal.
    record WrongChain<T>(String found, String expected) implements Finding<T> {}

    /// The market step of its block has not ended yet.
    record FromTheFuture<T>(Instant time, Instant now) implements Finding<T> {}

    /// It is no message of the protocol.
    record Malformed<T>(String why) implements Finding<T> {}

    /// The proof of one value seen as the proof of another that follows from it.
    @SuppressWarnings("unchecked") // a finding that proves nothing holds no T
    default <R> Finding<R> map(Function<? super T, R> function) {
        return this instanceof Proven<T>(T value)
                ? new Proven<>(function.apply(value))
                : (Finding<R>) this;
    }

    /// The name for machines and for the user.
    default Conclusion conclusion() {
        return switch (this) {
            case Proven<T> _ -> Conclusion.PROVEN;
            case Forged<T> _ -> Conclusion.FORGED;
            case WrongHeight<T> _ -> Conclusion.WRONG_HEIGHT;
            case WrongTreeSize<T> _ -> Conclusion.WRONG_TREE_SIZE;
            case AlteredBlock<T> _ -> Conclusion.ALTERED_BLOCK;
            case WrongChain<T> _ -> Conclusion.WRONG_CHAIN;
            case FromTheFuture<T> _ -> Conclusion.FROM_THE_FUTURE;
            case Malformed<T> _ -> Conclusion.MALFORMED;
        };
    }

    /// One line for people, with both values.
    default String sentence() {
        return switch (this) {
            case Proven<T>(T value) -> String.valueOf(value);
            case Forged<T>(Height height, Refusal refusal) -> "%s: %s".formatted(height, refusal);
            case WrongHeight<T>(Height header, Height proof) ->
                    "proof is for %s, the header has %s".formatted(proof, header);
            case WrongTreeSize<T>(long signed, long claimed) ->
                    "proof assumes a tree of %d leaves, the header signs %d"
                            .formatted(claimed, signed);
            case AlteredBlock<T>(ProofVerdict why) ->
                    "path does not lead to the signed root: %s".formatted(why);
            case WrongChain<T>(String found, String expected) ->
                    "community is %s, expected %s".formatted(found, expected);
            case FromTheFuture<T>(Instant time, Instant now) ->
                    "block has time %s, by this machine's clock it is %s".formatted(time, now);
            case Malformed<T>(String why) -> why;
        };
    }

    /// The ledger's check of a proof as a finding.
    static <T> Finding<T> of(ProofCheck check, T value) {
        return switch (check) {
            case ProofCheck.Proven _ -> new Proven<>(value);
            case ProofCheck.WrongHeight(Height header, Height proof) ->
                    new WrongHeight<>(header, proof);
            case ProofCheck.WrongTreeSize(long signed, long claimed) ->
                    new WrongTreeSize<>(signed, claimed);
            case ProofCheck.WrongPath(ProofVerdict why) -> new AlteredBlock<>(why);
        };
    }
}
