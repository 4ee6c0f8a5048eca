package energy.cryptometer.hal.meter.model;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.meter.model.RegisterDecoder.Decoded;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegisterDecoderTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private static RegisterFormat format(String type, WordOrder order, long scale) {
        DataType registerType = DataType.valueOf(type);
        return new RegisterFormat(
                registerType,
                order,
                scale,
                registerType == DataType.FLOAT32 ? 1 : scale,
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /// Four hexadecimal digits a word.
    private static List<Integer> words(String hex) {
        return IntStream.range(0, hex.length() / 4)
                .mapToObj(i -> Integer.parseInt(hex, 4 * i, 4 * i + 4, 16))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        // type, order, mWh per unit, words, mWh
        "FLOAT32, HIGH_FIRST, 1000000, 00000000, 0",
        "FLOAT32, HIGH_FIRST, 1000000, 3F800000, 1000000",
        "FLOAT32, HIGH_FIRST, 1000000, 449A5225, 1234567016", // 1234.567 kWh as single
        "FLOAT32, LOW_FIRST,  1000000, 0000BF80, Refused",
        "FLOAT32, LOW_FIRST,  1000000, 00003F80, 1000000",
        "FLOAT32, HIGH_FIRST, 1000000, 00000001, 0", // far below a milliwatt-hour
        "FLOAT32, HIGH_FIRST, 1000000, BF800000, Refused",
        "FLOAT32, HIGH_FIRST, 1000000, 7FC00000, Refused",
        "FLOAT32, HIGH_FIRST, 1000000, 7F800000, Refused",
        "FLOAT32, HIGH_FIRST, 1000000, FF800000, Refused",
        "FLOAT32, HIGH_FIRST, 1000000, 7F7FFFFF, Refused",
        "FLOAT32, HIGH_FIRST, 1000000, 80000000, 0",
        "INT32,   LOW_FIRST,  100000,  00010000, 100000",
        "INT32,   HIGH_FIRST, 100000,  7FFFFFFF, 214748364700000",
        "INT32,   HIGH_FIRST, 100000,  FFFFFFFF, Refused",
        "UINT32,  HIGH_FIRST, 100000,  FFFFFFFF, 429496729500000",
        "INT64,   HIGH_FIRST, 1000,    00000000000004D2, 1234000",
        "INT64,   LOW_FIRST,  1000,    04D2000000000000, 1234000",
        "INT64,   HIGH_FIRST, 1000,    8000000000000000, Refused",
        "INT64,   HIGH_FIRST, 1000,    7FFFFFFFFFFFFFFF, Refused",
        "UINT64,  HIGH_FIRST, 10000,   000000000001E240, 1234560000",
        "UINT64,  HIGH_FIRST, 10000,   FFFFFFFFFFFFFFFE, Refused",
        "INT64,   HIGH_FIRST, 1000,    000000E8D4A51000, 1000000000000000",
        "INT64,   HIGH_FIRST, 1000,    000000E8D4A51001, Refused",
        "INT64,   HIGH_FIRST, 1000,    00000001, Refused",
        "FLOAT32, HIGH_FIRST, 1000000, 3F80, Refused",
    })
    void aRegisterIsAnExactNumberOrARefusal(
            String type, WordOrder order, long scale, String hex, String expected) {
        Decoded decoded = RegisterDecoder.decode(format(type, order, scale), words(hex));
        if (expected.equals("Refused")) {
            assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        } else {
            assertThat(decoded).isEqualTo(new Decoded.Reading(Long.parseLong(expected)));
        }
    }

    @Test
    void thePatternsOfTheMeterAreNotValues() {
        RegisterFormat format =
                new RegisterFormat(
                        DataType.INT32,
                        WordOrder.LOW_FIRST,
                        100_000,
                        100_000,
                        OptionalLong.of(0x7FFF_FFFEL),
                        OptionalLong.of(0x7FFF_FFFFL));
        assertThat(RegisterDecoder.decode(format, words("FFFE7FFF")))
                .isEqualTo(new Decoded.NotAvailable());
        assertThat(RegisterDecoder.decode(format, words("FFFF7FFF")))
                .isEqualTo(new Decoded.Refused("the meter shows overflow (7fffffff)"));
    }

    @Test
    void aWordThatIsNoWordIsRefused() {
        assertThat(
                        RegisterDecoder.decode(
                                format("UINT32", WordOrder.HIGH_FIRST, 1), List.of(65_536, 0)))
                .isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void everyPatternOfBitsGivesTheExactValueOrARefusal() {
        Random random = new Random(SEED);
        RegisterFormat float32 = format("FLOAT32", WordOrder.HIGH_FIRST, 1_000_000);
        RegisterFormat uint64 = format("UINT64", WordOrder.HIGH_FIRST, 10_000);
        for (int i = 0; i < 20_000; i++) {
            int single = random.nextInt();
            check(float32, words("%08X".formatted(single)), exact(single));
            long whole = random.nextLong() >>> random.nextInt(64);
            BigDecimal expected =
                    new BigDecimal(new BigInteger(Long.toUnsignedString(whole)))
                            .multiply(BigDecimal.valueOf(10_000));
            check(uint64, words("%016X".formatted(whole)), expected);
        }
    }

    /// The value of a single-precision number from its sign, exponent and fraction (IEEE 754, 3.4),
    /// -1 for what is not a number: an oracle that shares no code with the decoder.
    private static BigDecimal exact(int bits) {
        int exponent = bits >>> 23 & 0xFF;
        int fraction = bits & 0x7FFFFF;
        if (exponent == 255 || (bits < 0 && bits != 0x8000_0000)) {
            return BigDecimal.ONE.negate();
        }
        BigDecimal significand = BigDecimal.valueOf(exponent == 0 ? fraction : fraction | 0x800000);
        int power = Math.max(exponent, 1) - 150;
        BigDecimal two = BigDecimal.TWO;
        return (power >= 0
                        ? significand.multiply(two.pow(power))
                        : significand.divide(two.pow(-power)))
                .multiply(BigDecimal.valueOf(1_000_000));
    }

    private static void check(RegisterFormat format, List<Integer> words, BigDecimal expected) {
        Decoded decoded = RegisterDecoder.decode(format, words);
        boolean inRange =
                expected.signum() >= 0
                        && expected.compareTo(
                                        BigDecimal.valueOf(RegisterDecoder.LARGEST_REGISTER + 1))
                                < 0;
        if (inRange) {
            assertThat(decoded)
                    .as("seed %d, words %s", SEED, words)
                    .isEqualTo(new Decoded.Reading(expected.longValue()));
        } else {
            assertThat(decoded)
                    .as("seed %d, words %s", SEED, words)
                    .isInstanceOf(Decoded.Refused.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // kWh, resolution in mWh of a single-precision kWh register
        "0, 1",
        "100, 8",
        "8192, 977",
        "16384, 1954",
        "65536, 7813",
        "131072, 15625",
        "524288, 62500",
    })
    void aSinglePrecisionRegisterGetsCoarserAsItGrows(long kilowattHours, long expected) {
        RegisterFormat format = format("FLOAT32", WordOrder.HIGH_FIRST, 1_000_000);
        assertThat(format.resolutionMilliwattHours(kilowattHours * 1_000_000)).isEqualTo(expected);
    }

    @Test
    void anIntegerRegisterKeepsItsResolution() {
        assertThat(
                        format("INT64", WordOrder.HIGH_FIRST, 1_000)
                                .resolutionMilliwattHours(900_000_000_000L))
                .isEqualTo(1_000);
    }
}
