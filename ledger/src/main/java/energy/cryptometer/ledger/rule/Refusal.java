package energy.cryptometer.ledger.rule;

/// Why a transaction or a block is refused: a name for machines, and a sentence with what was found
/// and what was expected for people.
public record Refusal(Reason reason, String sentence) {
    /// Every rule that refuses.
    public enum Reason {
        UNKNOWN_SENDER,
        WRONG_ROLE,
        BAD_SIGNATURE,
        WRONG_SEQUENCE,
        WRONG_PREDECESSOR,
        WRONG_COUNT,
        TOO_MANY_PULSES,
        BEFORE_ORIGIN,
        FUTURE_DATED,
        WRONG_RANGE,
        WRONG_RECEIVER,
        WRONG_ENERGY,
        UNKNOWN_TRANSFER,
        WRONG_STEP,
        WRONG_ALLOCATION,
        TOO_MUCH_PENDING,
        NOT_ACCEPTED_YET,
        WRONG_HEIGHT,
        WRONG_PREVIOUS,
        WRONG_HEADERS_ROOT,
        WRONG_TRANSACTIONS_ROOT,
        WRONG_STATE_ROOT,
        WRONG_NODES,
        WRONG_PROPOSER,
        WRONG_ELECTION_PROOF,
        WRONG_BEACON,
        WRONG_SETTLEMENT,
        WRONG_CERTIFICATE
    }

    public static Refusal of(Reason reason, String format, Object... values) {
        return new Refusal(reason, format.formatted(values));
    }

    @Override
    public String toString() {
        return reason + ": " + sentence;
    }
}
