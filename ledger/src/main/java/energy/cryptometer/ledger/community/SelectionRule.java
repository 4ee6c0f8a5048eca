package energy.cryptometer.ledger.community;

/// How the proposer of a block is chosen among candidates.
public enum SelectionRule {
    /// The paper's rule: the largest W / U wins (Table 3, equation 2).
    WEALTH_OVER_UNIFORM(1),
    /// The exactly proportional race: the smallest -ln(U) / W wins.
    PROPORTIONAL_RACE(2);

    private final int code;

    SelectionRule(int code) {
        this.code = code;
    }

    /// The number that stands for it in a message.
    public int code() {
        return code;
    }

    /// The one with this code.
    ///
    /// @throws IllegalArgumentException if no rule has this code
    public static SelectionRule ofCode(long code) {
        for (SelectionRule rule : values()) {
            if (rule.code == code) {
                return rule;
            }
        }
        throw new IllegalArgumentException("selection rule %d is outside 1 to 2".formatted(code));
    }
}
