package energy.cryptometer.ledger.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Vectors;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples that RFC 8949 prints in its appendices A and F.
class AppendixTest {
    private static final String BEYOND_OUR_SUBSET =
            "tag \\d+, expected tag 18 or 98|a float|a simple value|indefinite length or break"
                    + "|expected at most 9223372036854775807";

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "10, 0a",
        "23, 17",
        "24, 1818",
        "25, 1819",
        "100, 1864",
        "255, 18ff",
        "256, 190100",
        "1000, 1903e8",
        "65535, 19ffff",
        "65536, 1a00010000",
        "1000000, 1a000f4240",
        "4294967295, 1affffffff",
        "4294967296, 1b0000000100000000",
        "1000000000000, 1b000000e8d4a51000",
        "9223372036854775807, 1b7fffffffffffffff",
        "-1, 20",
        "-10, 29",
        "-24, 37",
        "-25, 3818",
        "-100, 3863",
        "-1000, 3903e7",
        "-9223372036854775808, 3b7fffffffffffffff",
    })
    void integersTakeTheShortestHead(long value, String hex) throws MalformedException {
        bothWays(new Tree.Int(value), hex);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 60",
        "a, 6161",
        "IETF, 6449455446",
        "'\"\\', 62225c",
        "ü, 62c3bc",
        "水, 63e6b0b4"
    })
    void textIsUtf8(String value, String hex) throws MalformedException {
        bothWays(new Tree.Text(value), hex);
    }

    @Test
    void stringsArraysMapsAndSimpleValuesAreThoseOfAppendixA() throws MalformedException {
        Tree.Int one = new Tree.Int(1);
        Tree.Int two = new Tree.Int(2);
        Tree.Int three = new Tree.Int(3);
        Tree.Array twoThree = new Tree.Array(List.of(two, three));
        Tree.Text a = new Tree.Text("a");
        Tree.Text b = new Tree.Text("b");

        bothWays(new Tree.Bool(false), "f4");
        bothWays(new Tree.Bool(true), "f5");
        bothWays(new Tree.Nil(), "f6");
        bothWays(new Tree.Text("\ud800\udd51"), "64f0908591");
        bothWays(Tree.Bytes.of(), "40");
        bothWays(Tree.Bytes.of(new byte[] {1, 2, 3, 4}), "4401020304");
        bothWays(new Tree.Array(List.of()), "80");
        bothWays(new Tree.Array(List.of(one, two, three)), "83010203");
        bothWays(new Tree.Array(List.of(one, twoThree)), "8201820203");
        bothWays(new Tree.Map(List.of()), "a0");
        bothWays(
                new Tree.Map(
                        List.of(new Tree.Pair(one, two), new Tree.Pair(three, new Tree.Int(4)))),
                "a201020304");
        bothWays(
                new Tree.Map(List.of(new Tree.Pair(a, one), new Tree.Pair(b, twoThree))),
                "a26161016162820203");
        bothWays(
                new Tree.Array(
                        List.of(a, new Tree.Map(List.of(new Tree.Pair(b, new Tree.Text("c")))))),
                "826161a161626163");
        bothWays(new Tree.Tagged(18, twoThree), "d2820203");
        bothWays(new Tree.Tagged(98, twoThree), "d862820203");
    }

    @Test
    void everyItemOfAppendixAKeepsItsBytesOrIsRefusedForANamedReason() {
        List<?> items = (List<?>) Vectors.json(Vectors.require("cbor/appendix_a.json"));
        int kept = 0;
        for (Object item : items) {
            String hex = String.valueOf(((Map<?, ?>) item).get("hex"));
            byte[] encoded = HexFormat.of().parseHex(hex);
            try {
                assertThat(Tree.decode(encoded).encode()).as(hex).isEqualTo(encoded);
                Cbor.checkStrict(encoded);
                kept++;
            } catch (MalformedException refusal) {
                assertThat(refusal).as(hex).message().containsPattern(BEYOND_OUR_SUBSET);
                assertThatThrownBy(() -> Cbor.checkStrict(encoded))
                        .isInstanceOf(MalformedException.class);
            }
        }
        assertThat(items).hasSize(82);
        assertThat(kept).as("items inside our subset").isEqualTo(35);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // end of input in a head
                "18",
                "19",
                "1a",
                "1b",
                "1901",
                "1a0102",
                "1b01020304050607",
                "38",
                "58",
                "78",
                "98",
                "9a01ff00",
                "b8",
                "d8",
                "f8",
                "f900",
                "fa0000",
                "fb000000",
                // definite-length strings with short data
                "41",
                "61",
                "5affffffff00",
                "5bffffffffffffffff010203",
                "7affffffff00",
                "7b7fffffffffffffff010203",
                // definite-length maps and arrays not closed with enough items
                "81",
                "818181818181818181",
                "8200",
                "a1",
                "a20102",
                "a100",
                "a2000000",
                // tag number not followed by tag content
                "c0",
                "d2",
                "d862",
                // indefinite-length strings not closed
                "5f4100",
                "7f6100",
                // indefinite-length maps and arrays not closed
                "9f",
                "9f0102",
                "bf",
                "bf01020102",
                "819f",
                "9f8000",
                "9f9f9f9f9fffffffff",
                "9f819f819f9fffffff",
                // reserved additional information values
                "1c",
                "1d",
                "1e",
                "3c",
                "3d",
                "3e",
                "5c",
                "5d",
                "5e",
                "7c",
                "7d",
                "7e",
                "9c",
                "9d",
                "9e",
                "bc",
                "bd",
                "be",
                "dc",
                "dd",
                "de",
                "fc",
                "fd",
                "fe",
                // reserved two-byte encodings of simple values
                "f800",
                "f801",
                "f818",
                "f81f",
                // indefinite-length string chunks not of the correct type or themselves indefinite
                "5f00ff",
                "5f21ff",
                "5f6100ff",
                "5f80ff",
                "5fa0ff",
                "5fc000ff",
                "5fe0ff",
                "7f4100ff",
                "5f5f4100ffff",
                "7f7f6100ffff",
                // break on its own, in definite-length arrays, maps and tags, or in place of a
                // value
                "ff",
                "81ff",
                "8200ff",
                "a1ff",
                "a1ff00",
                "a100ff",
                "a20000ff",
                "9f81ff",
                "9f829f819f9fffffffff",
                "bf00ff",
                "bf000000ff",
                // major types 0, 1 and 6 with additional information 31
                "1f",
                "3f",
                "df",
            })
    void everyIllFormedExampleOfAppendixFIsRefused(String hex) {
        byte[] data = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> Cbor.checkStrict(data)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Tree.decode(data)).isInstanceOf(MalformedException.class);
    }

    private static void bothWays(Tree tree, String hex) throws MalformedException {
        byte[] encoded = HexFormat.of().parseHex(hex);
        assertThat(tree.encode()).isEqualTo(encoded);
        assertThat(Tree.decode(encoded)).isEqualTo(tree);
        Cbor.checkStrict(encoded);
    }
}
