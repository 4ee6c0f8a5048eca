package energy.cryptometer.ledger.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {

    /// FIPS 180-4 example: SHA-256 of "abc".
    private static final String ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void hashesThePartsAsOneString() {
        assertThat(Hash.sha256(text("abc")).toString()).isEqualTo(ABC);
        assertThat(Hash.sha256(text("a"), text(""), text("bc"))).isEqualTo(Hash.ofHex(ABC));
    }

    @Test
    void hashesNothing() {
        assertThat(Hash.sha256().toString())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void nobodyCanChangeItFromOutside() {
        byte[] bytes = Hash.ofHex(ABC).toBytes();
        Hash hash = Hash.of(bytes);
        bytes[0] ^= 1;
        hash.toBytes()[1] ^= 1;
        assertThat(hash).isEqualTo(Hash.ofHex(ABC));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 64})
    void refusesEveryOtherLength(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hash.of(new byte[length]))
                .withMessageContaining(Integer.toString(length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "zz"})
    void refusesTextThatIsNotSixtyFourDigits(String start) {
        assertThatIllegalArgumentException().isThrownBy(() -> Hash.ofHex(start));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hash.ofHex(start + "g".repeat(64 - start.length())));
    }

    @Test
    void readsUpperCaseAndWritesLowerCase() {
        assertThat(Hash.ofHex("AB".repeat(32))).hasToString("ab".repeat(32));
    }

    @Test
    void comparesByContentAndUnsigned() {
        Hash high = Hash.ofHex("ff".repeat(32));
        assertThat(high).isEqualTo(Hash.ofHex("ff".repeat(32))).isNotEqualTo(Hash.ZERO);
        assertThat(high).hasSameHashCodeAs(Hash.ofHex("ff".repeat(32)));
        assertThat(high).isGreaterThan(Hash.ofHex("7f".repeat(32)));
        assertThat(Hash.ZERO).isLessThan(high);
        assertThat(high.equals((Object) "ff".repeat(32))).isFalse();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
