package energy.cryptometer.lightclient.verify;

import energy.cryptometer.ledger.rule.Refusal;
import energy.cryptometer.ledger.unit.Height;
import java.time.Instant;

/// What we conclude about what a peer sent, or about where we stand. A lying peer is a normal day,
/// not an exception; each case carries the two values that disagreed.
public sealed interface Verdict {
    /// It is true, and this is the new end of the trusted chain.
    record Accepted(Anchor anchor) implements Verdict {}

    /// It is the header we trust already.
    record AlreadyKnown(Height height) implements Verdict {}

    /// It does not directly follow our anchor: replayed, or with a step left out.
    record NotNext(Height offered, Height expected) implements Verdict {}

    /// The newest header is older than it should be by now.
    record Stale(Height head, Height expected) implements Verdict {}

    /// The anchor is older than the trusting period.
    record Expired(Instant expiredAt, Instant now) implements Verdict {}

    /// It belongs to another community. Both values are hexadecimal.
    record WrongChain(String found, String expected) implements Verdict {}

    /// It breaks a rule; the refusal's sentence holds both values.
    record Forged(Height height, Refusal refusal) implements Verdict {}

    /// Its market step has not ended yet.
    record FromTheFuture(Instant time, Instant now) implements Verdict {}

    /// A quorum has signed two histories: nobody is believed any more until a person decides.
    record Frozen(Evidence evidence) implements Verdict {}

    /// It is no message of the protocol.
    record Malformed(String why) implements Verdict {}

    /// The name for machines and for the user.
    default Conclusion conclusion() {
        return switch (this) {
            case Accepted _ -> Conclusion.ACCEPTED;
            case AlreadyKnown _ -> Conclusion.ALREADY_KNOWN;
            case NotNext _ -> Conclusion.NOT_NEXT;
            case Stale _ -> Conclusion.STALE;
            case Expired _ -> Conclusion.EXPIRED;
            case WrongChain _ -> Conclusion.WRONG_CHAIN;
            case Forged _ -> Conclusion.FORGED;
            case FromTheFuture _ -> Conclusion.FROM_THE_FUTURE;
            case Frozen _ -> Conclusion.FROZEN;
            case Malformed _ -> Conclusion.MALFORMED;
        };
    }

    /// One line for people, with both values.
    default String sentence() {
        return switch (this) {
            case Accepted(Anchor anchor) -> "verified up to %s".formatted(anchor.height());
            case AlreadyKnown(Height height) -> "header of %s is known already".formatted(height);
            case NotNext(Height offered, Height expected) ->
                    "header has %s, expected %s".formatted(offered, expected);
            case Stale(Height head, Height expected) ->
                    "newest header has %s, by now there should be %s".formatted(head, expected);
            case Expired(Instant expiredAt, Instant now) ->
                    "trusted header expired at %s, by this machine's clock it is %s"
                            .formatted(expiredAt, now);
            case WrongChain(String found, String expected) ->
                    "community is %s, expected %s".formatted(found, expected);
            case Forged(Height height, Refusal refusal) ->
                    "header of %s: %s".formatted(height, refusal);
            case FromTheFuture(Instant time, Instant now) ->
                    "block has time %s, by this machine's clock it is %s".formatted(time, now);
            case Frozen(Evidence evidence) ->
                    "a quorum signed two histories: %s at %s and %s at %s"
                            .formatted(
                                    evidence.ours().header().content().root(),
                                    evidence.ours().header().height(),
                                    evidence.theirs().header().content().root(),
                                    evidence.theirs().header().height());
            case Malformed(String why) -> why;
        };
    }
}
