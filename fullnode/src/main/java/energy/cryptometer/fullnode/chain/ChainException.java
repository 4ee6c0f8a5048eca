package energy.cryptometer.fullnode.chain;

/// The store is sound as a file, but what stands in it is not this community's chain. The message
/// is one line: what disagrees, and what to do next.
public final class ChainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What is wrong.
    public enum Reason {
        /// The store belongs to another genesis.
        OTHER_COMMUNITY,
        /// What was approved does not verify any more.
        DAMAGED
    }

    private final Reason reason;

    ChainException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
