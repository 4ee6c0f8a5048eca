package energy.cryptometer.ledger.transaction;

/// What a transaction says; the order of the codes is the order inside a block.
public enum TransactionType {
    /// A meter's pulse (paper, Table 1, 1 and 3).
    GENERATION(1),
    /// All energy of one market step, from a meter to the virtual power plant (Table 1, 2 and 4).
    TRANSFER(2),
    /// The division among the virtual generation meters (Table 1, 5).
    ALLOCATION(3),
    /// Voting tokens offered for a slot (Table 3).
    OFFER(4),
    /// Something that happened to a meter and is not energy.
    METER_EVENT(5),
    /// The grid operator admits, replaces or revokes somebody.
    REGISTRATION(6),
    /// A participant's metered consumption of one step (paper, 2.3).
    CONSUMPTION(7),
    /// Two conflicting signatures of one key.
    EVIDENCE(8);

    private final int code;

    TransactionType(int code) {
        this.code = code;
    }

    /// The number that stands for it in a message.
    public int code() {
        return code;
    }

    /// The one with this code.
    ///
    /// @throws IllegalArgumentException if no type has this code
    public static TransactionType ofCode(long code) {
        for (TransactionType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("transaction type %d is outside 1 to 8".formatted(code));
    }
}
