package energy.cryptometer.ledger.rule;

import java.util.function.Function;

/// What a rule says: accepted, with what follows from it, or refused, with the reason. A lying peer
/// is a normal day, not an exception.
public sealed interface Outcome<T> {
    record Accepted<T>(T value) implements Outcome<T> {}

    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    static <T> Outcome<T> refused(Refusal.Reason reason, String format, Object... values) {
        return new Refused<>(Refusal.of(reason, format, values));
    }

    /// The next rule, if this one accepted.
    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Accepted<T>(T value) -> next.apply(value);
            case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
        };
    }
}
