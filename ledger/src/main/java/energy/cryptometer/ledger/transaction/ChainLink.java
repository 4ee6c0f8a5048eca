package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.hash.Hash;

/// A transaction's place in its sender's own chain. Sequences of one sender start at 1 and have no
/// gap; the first transaction's predecessor is [Hash#ZERO].
///
/// @param sequence 1 to 2^48
/// @param previous id of the same sender's transaction before this one
public record ChainLink(long sequence, Hash previous) {
    public static final long MAX_SEQUENCE = 1L << 48;

    public ChainLink {
        if (sequence < 1 || sequence > MAX_SEQUENCE) {
            throw new IllegalArgumentException(
                    "sequence %d is outside 1 to 2^48".formatted(sequence));
        }
    }

    /// The first link of a new chain.
    public static ChainLink first() {
        return new ChainLink(1, Hash.ZERO);
    }

    /// The link of the transaction that follows the one with this link and that id.
    public ChainLink after(Hash id) {
        return new ChainLink(sequence + 1, id);
    }
}
