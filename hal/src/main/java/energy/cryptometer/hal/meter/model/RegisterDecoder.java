package energy.cryptometer.hal.meter.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalLong;

/// From 16-bit words to exact milliwatt-hours. Pure; whatever the words are, the answer is a value,
/// "not available", or the reason why it was refused, never an exception and never a guess.
public final class RegisterDecoder {
    /// 10^15 mWh (one terawatt-hour): no meter behind one connection ever gets there.
    public static final long LARGEST_REGISTER = 1_000_000_000_000_000L;

    private static final int WORD_BITS = 16;
    private static final int LARGEST_WORD = 0xFFFF;

    private RegisterDecoder() {}

    /// What the words of a register say.
    public sealed interface Decoded {
        /// The register in whole milliwatt-hours. A fraction of a milliwatt-hour that a float32 may
        /// hold is cut, so that a growing register never reads ahead of the meter.
        record Reading(long milliwattHours) implements Decoded {}

        /// The meter says that it has no value.
        record NotAvailable() implements Decoded {}

        /// Not a believable register; `reason` is one line.
        record Refused(String reason) implements Decoded {}
    }

    /// Reads `words`, in the order of their register addresses, each 0 to 65535.
    public static Decoded decode(RegisterFormat format, List<Integer> words) {
        if (words.size() != format.type().words()) {
            return new Decoded.Refused(
                    "got "
                            + words.size()
                            + " words, a "
                            + format.type().label()
                            + " has "
                            + format.type().words());
        }
        for (int word : words) {
            if (word < 0 || word > LARGEST_WORD) {
                return new Decoded.Refused("word " + word + " is not 16 bits");
            }
        }
        long bits = join(format.wordOrder() == WordOrder.HIGH_FIRST ? words : words.reversed());
        if (is(format.notAvailable(), bits)) {
            return new Decoded.NotAvailable();
        }
        if (is(format.overflow(), bits)) {
            return new Decoded.Refused("the meter shows overflow (" + Long.toHexString(bits) + ")");
        }
        return value(format, bits);
    }

    private static long join(List<Integer> highFirst) {
        long bits = 0;
        for (int word : highFirst) {
            bits = bits << WORD_BITS | word;
        }
        return bits;
    }

    private static boolean is(OptionalLong pattern, long bits) {
        return pattern.isPresent() && pattern.getAsLong() == bits;
    }

    private static Decoded value(RegisterFormat format, long bits) {
        if (format.type() == DataType.FLOAT32) {
            float shown = Float.intBitsToFloat((int) bits);
            return Float.isFinite(shown)
                    ? scaled(format, new BigDecimal(shown))
                    : new Decoded.Refused("the register is not a number: " + shown);
        }
        BigInteger units =
                switch (format.type()) {
                    case INT32 -> BigInteger.valueOf(bits << 32 >> 32); // extends the sign
                    case FLOAT32, UINT32, INT64 -> BigInteger.valueOf(bits);
                    case UINT64 -> new BigInteger(Long.toUnsignedString(bits));
                };
        return scaled(format, new BigDecimal(units));
    }

    private static Decoded scaled(RegisterFormat format, BigDecimal units) {
        if (units.signum() < 0) {
            return new Decoded.Refused("the register is negative: " + units.toPlainString());
        }
        BigInteger milliwattHours =
                units.multiply(BigDecimal.valueOf(format.milliwattHoursPerUnit()))
                        .setScale(0, RoundingMode.DOWN)
                        .toBigInteger();
        if (milliwattHours.compareTo(BigInteger.valueOf(LARGEST_REGISTER)) > 0) {
            return new Decoded.Refused(
                    "the register shows "
                            + milliwattHours
                            + " mWh, more than any meter ("
                            + LARGEST_REGISTER
                            + " mWh)");
        }
        return new Decoded.Reading(milliwattHours.longValueExact());
    }
}
