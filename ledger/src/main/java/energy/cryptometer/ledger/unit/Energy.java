package energy.cryptometer.ledger.unit;

import java.util.Locale;

/// Energy in whole milliwatt-hours, never negative: direction belongs to the transaction.
///
/// @param milliwattHours 0 to 2^62; a 10 kW plant needs 50 million years to get there
public record Energy(long milliwattHours) implements Comparable<Energy> {
    /// Largest energy any message may carry.
    public static final long MAX_MILLIWATT_HOURS = 1L << 62;

    public static final Energy ZERO = new Energy(0);

    public Energy {
        if (milliwattHours < 0 || milliwattHours > MAX_MILLIWATT_HOURS) {
            throw new IllegalArgumentException(
                    "energy %d mWh is outside 0 to 2^62 mWh".formatted(milliwattHours));
        }
    }

    public static Energy ofMilliwattHours(long value) {
        return new Energy(value);
    }

    public static Energy ofKilowattHours(long value) {
        return new Energy(Math.multiplyExact(value, 1_000_000L));
    }

    public Energy plus(Energy other) {
        return new Energy(Math.addExact(milliwattHours, other.milliwattHours));
    }

    /// What is left when `other` is taken away.
    ///
    /// @throws IllegalArgumentException if `other` is larger
    public Energy minus(Energy other) {
        return new Energy(milliwattHours - other.milliwattHours);
    }

    @Override
    public int compareTo(Energy other) {
        return Long.compare(milliwattHours, other.milliwattHours);
    }

    /// Kilowatt-hours with all six decimals, exact: `8.000000 kWh`.
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%d.%06d kWh", milliwattHours / 1_000_000, milliwattHours % 1_000_000);
    }
}
