package energy.cryptometer.firmware.profile;

import energy.cryptometer.ledger.unit.PulseConstant;
import java.math.BigInteger;
import java.nio.file.Path;

/// Power over time, and the exact moments at which a meter with a given constant pulses.
///
/// Energy is counted in microwatt-milliseconds times the pulse constant: one pulse is 3.6 * 10^15
/// of them whatever the constant, so nothing is ever rounded.
public final class Profile {
    /// Most rows of a file.
    public static final int MAX_ROWS = 1_000_000;

    /// One kilowatt-hour in microwatt-milliseconds; one pulse after multiplying by the constant.
    private static final BigInteger PULSE = BigInteger.valueOf(3_600_000_000_000_000L);

    private final Path file;
    private final String fingerprint;
    private final PulseConstant constant;
    private final long[] starts;
    private final long[] microwatts;
    private final long[] pulsesBefore;
    private final long[] remainders;

    /// @param rows what the file says, interval by interval
    /// @param fingerprint of file and column
    Profile(Path file, String fingerprint, ProfileRows rows, PulseConstant constant) {
        this.file = file;
        this.fingerprint = fingerprint;
        this.constant = constant;
        starts = rows.starts();
        microwatts = rows.microwatts();
        pulsesBefore = new long[microwatts.length + 1];
        remainders = new long[microwatts.length + 1];
        for (int row = 0; row < microwatts.length; row++) {
            BigInteger energy =
                    rate(row)
                            .multiply(BigInteger.valueOf(starts[row + 1] - starts[row]))
                            .add(BigInteger.valueOf(remainders[row]));
            BigInteger[] pulses = energy.divideAndRemainder(PULSE);
            pulsesBefore[row + 1] = pulsesBefore[row] + pulses[0].longValueExact();
            remainders[row + 1] = pulses[1].longValueExact();
            if (pulsesBefore[row + 1] > PulseConstant.MAX_COUNT) {
                throw new ProfileException(
                        "%s:%d: the profile passes %d pulses, more than any meter counts"
                                .formatted(file, row + 2, PulseConstant.MAX_COUNT));
            }
        }
    }

    /// Energy units per millisecond.
    private BigInteger rate(int row) {
        return BigInteger.valueOf(microwatts[row])
                .multiply(BigInteger.valueOf(constant.pulsesPerKilowattHour()));
    }

    Path file() {
        return file;
    }

    /// Equal for the same file and column.
    String fingerprint() {
        return fingerprint;
    }

    public int rows() {
        return microwatts.length;
    }

    /// floor(energy of the whole file / energy of a pulse).
    public long totalPulses() {
        return pulsesBefore[microwatts.length];
    }

    /// How long the profile is as it was measured, in milliseconds.
    public long lengthMillis() {
        return starts[microwatts.length];
    }

    /// When pulse `count` is due: whole milliseconds after the start of the replay, rounded up, so
    /// that no pulse comes before its energy.
    ///
    /// @param count 1 to [#totalPulses]
    public long dueMillis(long count, TimeLapse lapse) {
        if (count < 1 || count > totalPulses()) {
            throw new IllegalArgumentException(
                    "pulse %d is outside 1 to %d".formatted(count, totalPulses()));
        }
        int row = rowOf(count);
        BigInteger rate = rate(row);
        BigInteger missing =
                BigInteger.valueOf(count - pulsesBefore[row])
                        .multiply(PULSE)
                        .subtract(BigInteger.valueOf(remainders[row]));
        BigInteger[] millis =
                BigInteger.valueOf(starts[row])
                        .multiply(rate)
                        .add(missing)
                        .multiply(lapse.denominator())
                        .divideAndRemainder(rate.multiply(lapse.numerator()));
        return millis[0].longValueExact() + millis[1].signum();
    }

    /// The row in which the pulse falls: the last one with fewer pulses before it.
    private int rowOf(long count) {
        int fewer = 0;
        int enough = microwatts.length;
        while (enough - fewer > 1) {
            int middle = (fewer + enough) >>> 1;
            if (pulsesBefore[middle] < count) {
                fewer = middle;
            } else {
                enough = middle;
            }
        }
        return fewer;
    }
}
