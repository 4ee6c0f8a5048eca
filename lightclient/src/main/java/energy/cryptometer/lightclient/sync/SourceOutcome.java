package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.Verdict;

/// What came of asking one node.
public sealed interface SourceOutcome {
    /// All it said agrees with the trusted chain.
    ///
    /// @param head of its own
    /// @param accepted headers that were new to us
    record Agreed(Height head, long accepted) implements SourceOutcome {}

    /// Something it said does not hold; headers before that may have been accepted.
    record Refused(Verdict verdict) implements SourceOutcome {}

    /// It answered that it has nothing for us.
    record Declined(String why) implements SourceOutcome {}

    /// It did not answer in time; headers before that may have been accepted.
    record Silent(String why) implements SourceOutcome {}

    /// Another program moved the trusted head in between; the next run continues from there.
    record Overtaken(String why) implements SourceOutcome {}

    /// One line for people.
    default String sentence() {
        return switch (this) {
            case Agreed(Height head, long accepted) ->
                    "agrees, is at %s, gave %d new headers".formatted(head, accepted);
            case Refused(Verdict verdict) -> "%s: %s".formatted(verdict.word(), verdict.sentence());
            case Declined(String why) -> "declined: " + why;
            case Silent(String why) -> "silent: " + why;
            case Overtaken(String why) -> "overtaken: " + why;
        };
    }
}
