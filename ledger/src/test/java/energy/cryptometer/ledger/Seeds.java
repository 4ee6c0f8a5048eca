package energy.cryptometer.ledger;

import java.util.Random;
import java.util.random.RandomGenerator;

/// Runs a property under many seeds. A failure names its seed; `-Dseed=417` runs that one alone.
public final class Seeds {
    private Seeds() {}

    /// A property of whatever is drawn from the generator.
    @FunctionalInterface
    public interface Property {
        void check(RandomGenerator random) throws Exception;
    }

    public static void forAll(int runs, Property property) {
        Long only = Long.getLong("seed");
        long first = only == null ? 0 : only;
        long end = only == null ? runs : only + 1;
        for (long seed = first; seed < end; seed++) {
            try {
                property.check(new Random(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + " (replay with -Dseed=" + seed + ")", e);
            }
        }
    }
}
