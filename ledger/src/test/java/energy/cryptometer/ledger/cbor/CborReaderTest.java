package energy.cryptometer.ledger.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What the reader says about fields that are well formed but not what the format asks for.
class CborReaderTest {

    @Test
    void aRefusalNamesTheFieldTheValueTheLimitAndThePlace() throws MalformedException {
        CborReader reader = reader("8219ffff01");
        reader.arrayOf("header", 2);

        assertThatThrownBy(() -> reader.unsigned("round", 1000))
                .hasMessage("round: found 65535, expected at most 1000 (at byte 1)");
    }

    @Test
    void aRefusedItemIsNotConsumed() throws MalformedException {
        CborReader reader = reader("1864");

        refused(() -> reader.text("name", 10), "found an unsigned integer, expected a text string");
        refused(() -> reader.unsigned("name", 99), "found 100, expected at most 99");
        assertThat(reader.unsigned("name", 100)).isEqualTo(100);
        assertThat(reader.atEnd()).isTrue();
    }

    @Test
    void lengthsAreBoundedByTheCaller() {
        refused(() -> reader("43010203").bytes("kid", 2), "found 3 bytes, expected at most 2");
        refused(() -> reader("43010203").bytesOf("kid", 8), "found 3 bytes, expected exactly 8");
        refused(
                () -> reader("63616263").text("unit", 2),
                "found 3 bytes of text, expected at most");
        refused(() -> reader("83010203").array("votes", 2), "found 3 elements, expected at most 2");
        refused(
                () -> reader("83010203").arrayOf("vote", 4),
                "found 3 elements, expected exactly 4");
        refused(() -> reader("a201020304").map("labels", 1), "found 2 pairs, expected at most 1");
        refused(() -> reader("83010203").item("body", 3), "found 4 bytes, expected at most 3");
    }

    @Test
    void integersAreBoundedOnBothSides() throws MalformedException {
        assertThat(reader("26").integer("alg", -7, -7)).isEqualTo(-7);
        refused(() -> reader("27").integer("alg", -7, 10), "found -8, expected from -7 to 10");
        refused(() -> reader("0b").integer("alg", -7, 10), "found 11, expected from -7 to 10");
        refused(() -> reader("40").integer("alg", -7, 10), "expected an integer");
        refused(() -> reader("20").unsigned("height", 10), "found a negative integer");
    }

    @Test
    void aTagIsTheExpectedOneOrRefused() throws MalformedException {
        refused(() -> reader("d86280").tag("message", 18), "found tag 98, expected tag 18");
        refused(() -> reader("80").tag("message", 18), "found an array, expected a tag");

        CborReader reader = reader("d280");
        reader.tag("message", 18);
        reader.arrayOf("message", 0);
        reader.end("message");
    }

    @Test
    void aNullIsConsumedOnlyIfOneIsNext() throws MalformedException {
        CborReader reader = reader("82f601");
        reader.arrayOf("pair", 2);

        assertThat(reader.nil()).isTrue();
        assertThat(reader.nil()).isFalse();
        assertThat(reader.unsigned("number", 1)).isOne();
        assertThat(reader.nil()).isFalse();
        reader.end("pair");
    }

    @Test
    void anItemComesOutAsItsBytesWhereverItStands() throws MalformedException {
        CborReader reader = reader("83d28101a10203f4");
        reader.arrayOf("outer", 3);

        assertThat(reader.item("first", 10)).asHexString().isEqualToIgnoringCase("d28101");
        assertThat(reader.peek()).isEqualTo(CborType.MAP);
        assertThat(reader.item("second", 10)).asHexString().isEqualToIgnoringCase("a10203");
        assertThat(reader.bool("third")).isFalse();
        reader.end("outer");
    }

    @Test
    void depthCountsFromTheOutsideAlsoForAnItem() throws MalformedException {
        CborReader reader = reader("818181818181818180");
        for (int level = 1; level <= 7; level++) {
            reader.arrayOf("level", 1);
        }

        refused(() -> reader.item("rest", 10), "nested deeper, expected at most 8 levels");
    }

    @Test
    void keysOfAnOuterMapStayCheckedAfterAnInnerOne() throws MalformedException {
        CborReader reader = reader("a305a10100060007f6");
        reader.map("outer", 3);
        assertThat(reader.unsigned("key", 9)).isEqualTo(5);
        reader.map("inner", 1);
        assertThat(reader.unsigned("key", 9)).isEqualTo(1);
        assertThat(reader.unsigned("value", 9)).isZero();
        assertThat(reader.unsigned("key", 9)).isEqualTo(6);
        assertThat(reader.unsigned("value", 9)).isZero();
        assertThat(reader.unsigned("key", 9)).isEqualTo(7);
        assertThat(reader.nil()).isTrue();
        reader.end("outer");

        refused(
                () -> Cbor.checkStrict(HexFormat.of().parseHex("a205a10700050000")),
                "ascending keys");
    }

    @Test
    void theEndIsTheEnd() throws MalformedException {
        CborReader trailing = reader("0102");
        assertThat(trailing.unsigned("number", 9)).isOne();
        refused(() -> trailing.end("number"), "number: found 1 trailing bytes, expected none");

        refused(() -> reader("").unsigned("number", 9), "found the end of the input");
        refused(() -> reader("").peek(), "found the end of the input");
        refused(() -> Cbor.checkStrict(new byte[0]), "found the end of the input");

        CborReader early = reader("8101");
        early.arrayOf("list", 1);
        assertThat(early.unsigned("number", 9)).isOne();
        early.end("list");
    }

    private static CborReader reader(String hex) {
        return new CborReader(HexFormat.of().parseHex(hex));
    }

    private static void refused(ThrowingCallable read, String words) {
        assertThatThrownBy(read).isInstanceOf(MalformedException.class).hasMessageContaining(words);
    }
}
