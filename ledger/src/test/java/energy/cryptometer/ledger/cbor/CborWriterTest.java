package energy.cryptometer.ledger.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// The writer cannot be brought to write anything that the reader would refuse.
class CborWriterTest {

    @Test
    void keysOutOfOrderOrTwiceAreABug() {
        bug(() -> new CborWriter().map(2).integer(-1).nil().unsigned(1), "does not follow");
        bug(() -> new CborWriter().map(2).unsigned(4).nil().unsigned(4), "does not follow");
        bug(() -> new CborWriter().map(2).text("b").nil().text("a"), "does not follow");
        bug(() -> new CborWriter().map(2).text("b").nil().bytes(new byte[9]), "does not follow");
        bug(() -> new CborWriter().map(2).unsigned(4).nil().encoded(new byte[] {4}), "not follow");
    }

    @Test
    void keysAreSingleItems() {
        bug(() -> new CborWriter().map(1).array(0), "cannot be a map key");
        bug(() -> new CborWriter().map(1).map(0), "cannot be a map key");
        bug(() -> new CborWriter().map(1).tag(18), "cannot be a map key");
        bug(() -> new CborWriter().map(1).encoded(new byte[] {(byte) 0x80}), "cannot be a map key");
    }

    @Test
    void anItemIsWholeAndAlone() {
        bug(() -> new CborWriter().toByteArray(), "not complete");
        bug(() -> new CborWriter().array(2).nil().toByteArray(), "1 open, innermost lacks 1");
        bug(() -> new CborWriter().tag(18).toByteArray(), "not complete");
        bug(() -> new CborWriter().nil().nil(), "one too many");
        bug(() -> new CborWriter().array(0).nil(), "one too many");
    }

    @Test
    void onlyArraysAreTaggedAndOnlyWithCosesTags() {
        bug(() -> new CborWriter().tag(18).nil(), "a tagged item is an array");
        bug(() -> new CborWriter().tag(18).tag(18), "a tagged item is an array");
        bug(() -> new CborWriter().tag(98).map(0), "a tagged item is an array");
        assertThatThrownBy(() -> new CborWriter().tag(24))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tag 24 is neither 18 nor 98");
        assertThat(new CborWriter().tag(98).encoded(hex("8101")).toByteArray())
                .isEqualTo(hex("d8628101"));
    }

    @Test
    void theNinthLevelIsRefusedAlsoInsideASplicedItem() {
        CborWriter writer = new CborWriter();
        for (int level = 1; level <= 7; level++) {
            writer.array(1);
        }

        assertThatThrownBy(() -> writer.encoded(hex("8180")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 8 levels");
        assertThat(writer.array(1).nil().toByteArray()).isEqualTo(hex("8181818181818181f6"));
        bug(
                () -> {
                    CborWriter deep = new CborWriter();
                    for (int level = 1; level <= 9; level++) {
                        deep.array(1);
                    }
                },
                "nested deeper than 8");
    }

    @Test
    void onlyOneWellFormedItemCanBeSpliced() {
        for (String bad : new String[] {"", "1801", "0101", "f7", "9fff", "81"}) {
            assertThatThrownBy(() -> new CborWriter().array(1).encoded(hex(bad)))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("cannot splice: ");
        }
        assertThat(new CborWriter().array(2).encoded(hex("a0")).nil().toByteArray())
                .isEqualTo(hex("82a0f6"));
    }

    @Test
    void valuesThatCborCannotCarryAreBadArguments() {
        assertThatThrownBy(() -> new CborWriter().unsigned(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unsigned integer is negative: -1");
        assertThatThrownBy(() -> new CborWriter().array(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CborWriter().map(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CborWriter().text("half a pair: \ud800"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text has an unpaired surrogate");
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static void bug(ThrowingCallable write, String words) {
        assertThatThrownBy(write)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(words);
    }
}
