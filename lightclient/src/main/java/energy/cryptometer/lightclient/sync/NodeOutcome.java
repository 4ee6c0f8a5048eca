package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.Verdict;

/// What came of asking one node.
public sealed interface NodeOutcome {
    /// All it said agrees with the trusted chain.
    ///
    /// @param head of its own
    /// @param accepted headers that were new to us
    record Agreed(Height head, long accepted) implements NodeOutcome {}

    /// Something it said does not hold; headers before that may have been accepted.
    record Rejected(Verdict verdict) implements NodeOutcome {}

    /// It answered that it has nothing for us.
    record Declined(String why) implements NodeOutcome {}

    /// It did not answer in time; headers before that may have been accepted.
    record Unreachable(String why) implements NodeOutcome {}

    /// Another client of the same store moved the trusted head in between; the next run continues
    /// from there.
    record Overtaken(String why) implements NodeOutcome {}

    /// One line for people.
    default String sentence() {
        return switch (this) {
            case Agreed(Height head, long accepted) ->
                    "agrees, is at %s, gave %d new headers".formatted(head, accepted);
            case Rejected(Verdict verdict) ->
                    "%s: %s".formatted(verdict.conclusion(), verdict.sentence());
            case Declined(String why) -> "declined: " + why;
            case Unreachable(String why) -> "unreachable: " + why;
            case Overtaken(String why) -> "overtaken: " + why;
        };
    }
}
