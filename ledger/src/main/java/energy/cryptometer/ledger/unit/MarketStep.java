package energy.cryptometer.ledger.unit;

/// The n-th market step of a community, counted from its origin. Step n covers `[origin + n *
/// length, origin + (n + 1) * length)`: a pulse at the exact boundary belongs to the later step.
///
/// @param index 0 to 2^38: the last step of the longest length still has an instant, and steps of
///   one second reach beyond the year 9999
public record MarketStep(long index) implements Comparable<MarketStep> {
    public static final long MAX_INDEX = 1L << 38;

    public MarketStep {
        if (index < 0 || index > MAX_INDEX) {
            throw new IllegalArgumentException(
                    "market step %d is outside 0 to 2^38".formatted(index));
        }
    }

    /// The height of the one block that closes this step.
    public Height closingHeight() {
        return new Height(index + 1);
    }

    @Override
    public int compareTo(MarketStep other) {
        return Long.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "step " + index;
    }
}
