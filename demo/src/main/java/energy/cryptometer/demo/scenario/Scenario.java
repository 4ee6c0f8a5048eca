package energy.cryptometer.demo.scenario;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the demonstration plays.
///
/// @param generators each with its profile
/// @param shares of the participants X and Y, in parts per million
/// @param maxPulses pulses a meter with a backlog may put into one transaction: 1 in Table 1
public record Scenario(List<Generator> generators, List<Share> shares, int maxPulses) {
    /// One generator behind one meter.
    ///
    /// @param profile CSV with mean power; empty for the built-in one of `meanWatts`
    /// @param column of the power in watts
    /// @param meanWatts mean power of each five minutes of the built-in quarter of an hour
    /// @param timeLapse how many times faster than measured it is played
    /// @param hardwareKey whether its key lies in a token
    public record Generator(
            String name,
            Optional<Path> profile,
            String column,
            List<Integer> meanWatts,
            BigDecimal timeLapse,
            boolean hardwareKey) {}

    /// A participant's share of every step.
    public record Share(String name, int partsPerMillion) {}

    /// Whether a measured profile is replayed, over more steps than one.
    public boolean profileGiven() {
        return generators.getFirst().profile().isPresent();
    }

    /// Pulses per kilowatt-hour of every meter here.
    public static final int CONSTANT = 1000;

    /// Two small cores make, check and prove so many transactions in well under a minute.
    private static final long MOST_TRANSACTIONS = 20_000;

    /// The paper's Table 1: 15 kWh and 10 kWh within one step, divided 32 % to 68 %.
    public static Scenario tableOne() {
        BigDecimal lapse = BigDecimal.valueOf(100);
        return new Scenario(
                List.of(
                        new Generator(
                                "A",
                                Optional.empty(),
                                "power_w",
                                List.of(48_000, 72_000, 60_000),
                                lapse,
                                true),
                        new Generator(
                                "B",
                                Optional.empty(),
                                "power_w",
                                List.of(36_000, 30_000, 54_000),
                                lapse,
                                false)),
                tableOneShares(),
                1);
    }

    /// A measured profile behind one meter. Days are played in seconds: where that makes more
    /// pulses than [#MOST_TRANSACTIONS], several of them go into one transaction.
    public static Scenario measured(
            Path profile, String column, BigDecimal timeLapse, long pulses) {
        return new Scenario(
                List.of(
                        new Generator(
                                "A", Optional.of(profile), column, List.of(), timeLapse, true)),
                tableOneShares(),
                Math.toIntExact(Math.clamp(pulses / MOST_TRANSACTIONS + 1, 1, 1000)));
    }

    private static List<Share> tableOneShares() {
        return List.of(new Share("X", 320_000), new Share("Y", 680_000));
    }
}
