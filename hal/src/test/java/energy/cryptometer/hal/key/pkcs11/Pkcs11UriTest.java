package energy.cryptometer.hal.key.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.key.KeyException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Pkcs11UriTest {
    @Test
    void everyAttributeIsRead() {
        var uri =
                Pkcs11Uri.parse(
                        "pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;serial=1a2b;"
                                + "manufacturer=Snake%20Oil,%20Inc.;model=1.0;slot-id=327;"
                                + "object=my-sign-key;id=%69%95%3E%5C%F4%BD%EC%91;type=private"
                                + "?module-path=/usr/lib/p11.so&module-name=p11"
                                + "&pin-source=file:/etc/pin");
        assertThat(uri.token()).contains("The Software PKCS#11 Softtoken");
        assertThat(uri.serial()).contains("1a2b");
        assertThat(uri.manufacturer()).contains("Snake Oil, Inc.");
        assertThat(uri.model()).contains("1.0");
        assertThat(uri.slotId()).hasValue(327);
        assertThat(uri.object()).contains("my-sign-key");
        assertThat(uri.id().orElseThrow())
                .containsExactly(0x69, 0x95, 0x3e, 0x5c, 0xf4, 0xbd, 0xec, 0x91);
        assertThat(uri.type()).contains("private");
        assertThat(uri.modulePath().orElseThrow()).hasToString("/usr/lib/p11.so");
        assertThat(uri.moduleName()).contains("p11");
        assertThat(uri.pinSource()).contains("file:/etc/pin");
    }

    @Test
    void nothingAtAllIsAUriThatNamesNothing() {
        var uri = Pkcs11Uri.parse("pkcs11:");
        assertThat(uri.token()).isEmpty();
        assertThat(uri.id()).isEmpty();
        assertThat(uri.slotId()).isEmpty();
        assertThat(uri).hasToString("pkcs11:");
    }

    @ParameterizedTest
    @CsvSource({
        "pkcs11:object=a;token=b, pkcs11:token=b;object=a",
        "PKCS11:token=b, pkcs11:token=b",
        "pkcs11:id=AB%63, pkcs11:id=%41%42%63",
        "pkcs11:token=%41%c3%a4, pkcs11:token=A%C3%A4",
        "pkcs11:object=a/b?pin-source=/a&module-name=x, ''",
        "pkcs11:object=a%2Fb?pin-source=/a&module-name=x,"
                + " pkcs11:object=a%2Fb?module-name=x&pin-source=/a",
        "pkcs11:object=a&b, pkcs11:object=a&b",
    })
    void theCanonicalFormIsPrinted(String written, String canonical) {
        if (canonical.isEmpty()) {
            assertThatThrownBy(() -> Pkcs11Uri.parse(written)).isInstanceOf(KeyException.class);
        } else {
            assertThat(Pkcs11Uri.parse(written)).hasToString(canonical);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pkcs11",
                "http:token=a",
                "pkcs11:token",
                "pkcs11:=a",
                "pkcs11:token=",
                "pkcs11:token=a;",
                "pkcs11:;token=a",
                "pkcs11:token=a;;object=b",
                "pkcs11:token=a;token=a",
                "pkcs11:tokens=a",
                "pkcs11:Token=a",
                "pkcs11:token=a?",
                "pkcs11:token=a?module-name=a&module-name=b",
                "pkcs11:token=a?token=b",
                "pkcs11:module-name=a",
                "pkcs11:token=a b",
                "pkcs11:token=a%",
                "pkcs11:token=a%4",
                "pkcs11:token=a%zz",
                "pkcs11:token=%+1",
                "pkcs11:token=%\uFF11\uFF11",
                "pkcs11:token=\u00e4",
                "pkcs11:token=%ff",
                "pkcs11:token=%c0%80",
                "pkcs11:token=a%00",
                "pkcs11:token=a%0Ab",
                "pkcs11:token=a#b",
                "pkcs11:token=a/b",
                "pkcs11:token=123456789012345678901234567890123",
                "pkcs11:serial=12345678901234567",
                "pkcs11:slot-id=-1",
                "pkcs11:slot-id=0x1",
                "pkcs11:slot-id=9999999999999999999",
                "pkcs11:type=key",
                "pkcs11:?module-path=lib.so",
                "pkcs11:?module-name=../lib",
                "pkcs11:?vendor=x",
            })
    void whatIsMalformedIsRefused(String text) {
        assertThatThrownBy(() -> Pkcs11Uri.parse(text))
                .isInstanceOfSatisfying(
                        KeyException.class,
                        e -> assertThat(e.reason()).isEqualTo(KeyException.Reason.BAD_URI))
                .hasMessageStartingWith("PKCS#11 URI refused: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkcs11:token=a?pin-value=314159",
                "pkcs11:pin-value=314159",
                "pkcs11:token=a?314159"
            })
    void aPinInTheUriIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> Pkcs11Uri.parse(text))
                .isInstanceOf(KeyException.class)
                .hasMessageNotContaining("314159");
        assertThatThrownBy(() -> Pkcs11Uri.parse("pkcs11:?pin-value=314159"))
                .hasMessageContaining("pin-value puts a secret into a configuration")
                .hasMessageContaining("pin-source");
    }

    @Test
    void aUriOfAnyLengthIsBounded() {
        assertThatThrownBy(() -> Pkcs11Uri.parse("pkcs11:token=" + "a".repeat(5_000)))
                .hasMessageContaining("at most 2048");
    }

    @Test
    void theIdCannotBeChangedFromOutside() {
        var uri = Pkcs11Uri.parse("pkcs11:id=%01");
        uri.id().orElseThrow()[0] = 9;
        assertThat(uri.id().orElseThrow()).containsExactly(1);
    }

    /// Replay a failure with -Dseed=N.
    @Test
    void whatIsPrintedReadsBackTheSame() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] id = new byte[1 + random.nextInt(32)];
            random.nextBytes(id);
            var label = new StringBuilder();
            for (int n = 1 + random.nextInt(20); n > 0; n--) {
                label.appendCodePoint(0x20 + random.nextInt(0x5f));
            }
            Pkcs11Uri uri = Pkcs11Uri.parse("pkcs11:token=t").withObject(label.toString(), id);
            Pkcs11Uri again = Pkcs11Uri.parse(uri.toString());
            assertThat(again).as("seed %d", seed).isEqualTo(uri).hasSameHashCodeAs(uri);
            assertThat(again.object()).contains(label.toString());
            assertThat(again.id().orElseThrow()).isEqualTo(id);
        }
    }

    /// Replay a failure with -Dseed=N.
    @Test
    void noiseIsReadOrRefusedButNeverBreaksTheParser() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        String alphabet = "pkcs11:token=;object=;id=%41%0?&module-path=/pin-source|\u00e4 %";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder("pkcs11:");
            for (int n = random.nextInt(40); n > 0; n--) {
                int from = random.nextInt(alphabet.length());
                int to = Math.min(alphabet.length(), from + 1 + random.nextInt(8));
                text.append(alphabet, from, to);
            }
            try {
                Pkcs11Uri read = Pkcs11Uri.parse(text.toString());
                assertThat(Pkcs11Uri.parse(read.toString())).as("seed %d", seed).isEqualTo(read);
            } catch (KeyException refusal) {
                assertThat(refusal.reason()).isEqualTo(KeyException.Reason.BAD_URI);
            }
        }
    }
}
