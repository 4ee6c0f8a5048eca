package energy.cryptometer.ledger.unit;

/// The number of a voting round within one height. The first round is 0; each round that fails is
/// followed by the next one.
///
/// @param number 0 to 2^31 - 1
public record Round(int number) implements Comparable<Round> {
    public static final int MAX_NUMBER = Integer.MAX_VALUE;

    public static final Round FIRST = new Round(0);

    public Round {
        if (number < 0) {
            throw new IllegalArgumentException("round %d is negative".formatted(number));
        }
    }

    /// The round that follows if this one fails.
    ///
    /// @throws ArithmeticException behind the last round there is
    public Round next() {
        return new Round(Math.addExact(number, 1));
    }

    @Override
    public int compareTo(Round other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "round " + number;
    }
}
