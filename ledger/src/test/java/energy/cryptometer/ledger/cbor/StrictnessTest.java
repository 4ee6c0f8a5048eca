package energy.cryptometer.ledger.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Seeds;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every second way to write a value is refused, and the refusal says why.
class StrictnessTest {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({
        "1800, shortest head",
        "1817, shortest head",
        "190000, shortest head",
        "1900ff, shortest head",
        "1a0000ffff, shortest head",
        "1b00000000ffffffff, shortest head",
        "3817, shortest head",
        "390017, shortest head",
        "580100, shortest head",
        "59000100, shortest head",
        "780161, shortest head",
        "980101, shortest head",
        "b8010102, shortest head",
        "d81280, shortest head",
        "d9006280, shortest head",
        "a201000100, ascending keys",
        "a202000100, ascending keys",
        "a2616200616100, ascending keys",
        "a261610020f6, ascending keys",
        "a220000100, ascending keys",
        "a3010002000200, ascending keys",
        "a2f600f500, ascending keys",
        "a2f600f600, ascending keys",
        "8101f6, trailing bytes",
        "0000, trailing bytes",
        "5f4100ff, indefinite length",
        "7f6100ff, indefinite length",
        "9fff, indefinite length",
        "bfff, indefinite length",
        "f90000, a float",
        "fa47c35000, a float",
        "fb3ff199999999999a, a float",
        "f7, a simple value",
        "e0, a simple value",
        "f820, a simple value",
        "c001, tag 0",
        "c249010000000000000000, tag 2",
        "d280, ''",
        "d201, before no array",
        "d2d280, before no array",
        "d862a0, before no array",
        "d81880, tag 24",
        "dbffffffffffffffff80, at most 9223372036854775807",
        "a1800000, as a map key",
        "a1a000, as a map key",
        "a1d28000, as a map key",
        "8181818181818180, ''",
        "818181818181818180, at most 8 levels",
        "8181818181818181a0, at most 8 levels",
        "a100a100a100a100a100a100a100a100a0, at most 8 levels",
        "61ff, not UTF-8",
        "62c080, not UTF-8",
        "63eda080, not UTF-8",
        "64f4908080, not UTF-8",
        "62c3, bytes left",
        "1b8000000000000000, at most 9223372036854775807",
        "3b8000000000000000, at most 9223372036854775807",
    })
    void aSecondSpellingIsRefused(String hex, String reason) {
        byte[] data = HEX.parseHex(hex);
        if (reason.isEmpty()) {
            assertThatCode(() -> Cbor.checkStrict(data)).doesNotThrowAnyException();
            assertThatCode(() -> Tree.decode(data)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> Cbor.checkStrict(data))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining(reason);
            assertThatThrownBy(() -> Tree.decode(data))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "9a7fffffff00",
        "9b100000000000000000",
        "ba7fffffff00",
        "bb100000000000000000",
        "5a7fffffff00",
        "5b100000000000000000",
        "7a7fffffff00",
        "7b100000000000000000",
    })
    void aLengthBeyondTheInputIsRefusedBeforeAnythingIsAllocated(String hex) {
        byte[] data = HEX.parseHex(hex);

        assertThatThrownBy(() -> Cbor.checkStrict(data)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Tree.decode(data)).isInstanceOf(MalformedException.class);
    }

    @Test
    void aMapNeedsTwoBytesForEachPair() {
        byte[] data = HEX.parseHex("a3000102");

        assertThatThrownBy(() -> new CborReader(data).map("meters", 10))
                .hasMessage(
                        "meters: found 3 pairs, expected no more than the 3 bytes left (at byte 0)");
    }

    @Test
    void whateverIsAcceptedIsReEncodedToTheSameBytes() {
        Seeds.forAll(
                20_000,
                random -> {
                    byte[] data = Tree.random(random, 3).encode();
                    int changes = 1 + random.nextInt(3);
                    for (int i = 0; i < changes; i++) {
                        data[random.nextInt(Math.min(data.length, 60))] = (byte) random.nextInt();
                    }
                    if (random.nextInt(4) == 0) {
                        data = Arrays.copyOf(data, random.nextInt(data.length + 2));
                    }
                    Tree tree;
                    try {
                        tree = Tree.decode(data);
                    } catch (MalformedException refused) {
                        byte[] bad = data;
                        assertThatThrownBy(() -> Cbor.checkStrict(bad))
                                .isInstanceOf(MalformedException.class);
                        return;
                    }
                    assertThat(tree.encode()).isEqualTo(data);
                    Cbor.checkStrict(data);
                });
    }
}
