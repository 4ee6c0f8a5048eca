package energy.cryptometer.firmware.program;

import energy.cryptometer.ledger.unit.PulseConstant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/// How long some signatures of a token took, one after the other.
///
/// @param signatures at least one, each longer than nothing; sorted, shortest first
public record TokenPace(List<Duration> signatures) {
    private static final BigInteger NANOS_PER_HOUR = BigInteger.valueOf(3_600_000_000_000L);
    private static final BigInteger WATTS_PER_KILOWATT = BigInteger.valueOf(1_000);

    public TokenPace {
        signatures = signatures.stream().sorted().toList();
        if (signatures.isEmpty() || !signatures.getFirst().isPositive()) {
            throw new IllegalArgumentException(
                    "%d signatures, the shortest %s: at least one, each longer than nothing"
                            .formatted(
                                    signatures.size(),
                                    signatures.isEmpty() ? "missing" : signatures.getFirst()));
        }
    }

    /// The time that so many of a hundred signatures do not exceed (nearest rank).
    ///
    /// @param percent 1 to 100
    public Duration percentile(int percent) {
        int rank = (signatures.size() * percent + 99) / 100;
        return signatures.get(rank - 1);
    }

    public Duration longest() {
        return signatures.getLast();
    }

    private BigInteger nanos() {
        return BigInteger.valueOf(
                signatures.stream().reduce(Duration.ZERO, Duration::plus).toNanos());
    }

    /// Signatures in a time, in millionths, rounded down: many signatures one after the other take
    /// the mean, not the median.
    BigInteger microSignaturesIn(Duration time) {
        return BigInteger.valueOf(signatures.size())
                .multiply(BigInteger.valueOf(time.toNanos()))
                .multiply(BigInteger.valueOf(1_000_000))
                .divide(nanos());
    }

    /// Signatures per second, to a hundredth.
    public BigDecimal perSecond() {
        return new BigDecimal(microSignaturesIn(Duration.ofSeconds(1)), 6)
                .setScale(2, RoundingMode.HALF_UP);
    }

    /// The power at which a meter of this constant gives exactly as many pulses as the token signs,
    /// one transaction for each, in watts, rounded down. What the disk and the other work of the
    /// program take is not in it.
    public BigInteger sustainedWatts(PulseConstant constant) {
        return BigInteger.valueOf(signatures.size())
                .multiply(NANOS_PER_HOUR)
                .multiply(WATTS_PER_KILOWATT)
                .divide(nanos().multiply(BigInteger.valueOf(constant.pulsesPerKilowattHour())));
    }
}
