package energy.cryptometer.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.cbor.MalformedException;
import java.util.Arrays;

/// What every format of ours promises: one value has one encoding, and nothing else is read.
public final class Strict {
    private Strict() {}

    /// A format under test.
    public interface Format<T> {
        byte[] encode(T value);

        T decode(byte[] bytes) throws MalformedException;
    }

    /// Decoding gives the value again, and encoding that gives the bytes again.
    public static <T> void roundTrip(Format<T> format, T value) throws MalformedException {
        byte[] encoded = format.encode(value);
        T decoded = format.decode(encoded);
        assertThat(decoded).isEqualTo(value).hasSameHashCodeAs(value);
        assertThat(format.encode(decoded)).isEqualTo(encoded);
    }

    /// Cut anywhere it is refused, and so it is with one byte more.
    public static <T> void neitherShorterNorLonger(Format<T> format, T value) {
        byte[] encoded = format.encode(value);
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> format.decode(cut))
                    .as("%d of %d bytes", length, encoded.length)
                    .isInstanceOf(MalformedException.class)
                    .hasMessageMatching("(?s).{10,}");
        }
        byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
        assertThatThrownBy(() -> format.decode(longer)).isInstanceOf(MalformedException.class);
    }

    /// With any bit of any byte turned it is refused, or it is another value that says exactly what
    /// the changed bytes say. Nothing but a refusal is ever thrown.
    public static <T> void noTwoSpellings(Format<T> format, T value) {
        byte[] encoded = format.encode(value);
        for (int at = 0; at < encoded.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = encoded.clone();
                changed[at] ^= (byte) (1 << bit);
                T other;
                try {
                    other = format.decode(changed);
                } catch (MalformedException refused) {
                    continue;
                }
                assertThat(other).as("byte %d, bit %d", at, bit).isNotEqualTo(value);
                assertThat(format.encode(other)).as("byte %d, bit %d", at, bit).isEqualTo(changed);
            }
        }
    }

    /// All three.
    public static <T> void all(Format<T> format, T value) throws MalformedException {
        roundTrip(format, value);
        neitherShorterNorLonger(format, value);
        noTwoSpellings(format, value);
    }
}
