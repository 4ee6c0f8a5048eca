package energy.cryptometer.ledger.unit;

/// The height of a block. Height 0 is the genesis; block h closes market step h - 1, so height and
/// time say the same thing and a missing step cannot hide.
///
/// @param value 0 to 2^38 + 1
public record Height(long value) implements Comparable<Height> {
    public static final long MAX_VALUE = MarketStep.MAX_INDEX + 1;

    public static final Height GENESIS = new Height(0);

    public Height {
        if (value < 0 || value > MAX_VALUE) {
            throw new IllegalArgumentException(
                    "height %d is outside 0 to 2^38 + 1".formatted(value));
        }
    }

    /// The step this block closes.
    ///
    /// @throws IllegalArgumentException for the genesis, which closes none
    public MarketStep closedStep() {
        return new MarketStep(value - 1);
    }

    public Height next() {
        return new Height(value + 1);
    }

    @Override
    public int compareTo(Height other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "height " + value;
    }
}
