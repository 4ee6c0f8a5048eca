package energy.cryptometer.hal.key;

import static energy.cryptometer.hal.key.KeyException.Reason.BAD_URI;
import static energy.cryptometer.hal.key.KeyException.Reason.PIN_UNAVAILABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PinSourceTest {
    @TempDir Path folder;

    @Test
    void oneLineEndIsNotPartOfThePin() throws IOException {
        assertThat(pinIn("123456\n")).isEqualTo("123456");
        assertThat(pinIn("123456")).isEqualTo("123456");
        assertThat(pinIn("Straße 7 ")).isEqualTo("Straße 7 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "12\n\n", "12\r\n", "1\u00002", "12\t3"})
    void anEmptyPinAndControlCharactersAreRefused(String content) throws IOException {
        refuses(PinSource.file(file(content, "r--------")), PIN_UNAVAILABLE);
    }

    @Test
    void sixtyFourBytesArePossibleAndSixtyFiveAreNot() throws IOException {
        assertThat(pinIn("9".repeat(64) + "\n")).hasSize(64);
        refuses(PinSource.file(file("x".repeat(65), "r--------")), PIN_UNAVAILABLE)
                .hasMessageContaining("longer than 64 bytes")
                .hasMessageNotContaining("xx");
        refuses(PinSource.file(file("9".repeat(9_000), "r--------")), PIN_UNAVAILABLE);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws IOException {
        Path path = file("", "rw-------");
        Files.write(path, new byte[] {'1', (byte) 0xff, '2'});
        refuses(PinSource.file(path), PIN_UNAVAILABLE).hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-", "rw--w----"})
    void aFileOpenToOthersIsRefusedWithTheCure(String permissions) throws IOException {
        Path path = file("123456", permissions);
        refuses(PinSource.file(path), PIN_UNAVAILABLE)
                .hasMessageContaining("chmod 0400 " + path)
                .hasMessageNotContaining("123456");
    }

    @Test
    void aMissingFileIsNamed() {
        refuses(PinSource.file(folder.resolve("none")), PIN_UNAVAILABLE)
                .hasMessageContaining("none does not exist");
        refuses(PinSource.file(folder), PIN_UNAVAILABLE);
    }

    @Test
    void theThreeSpellingsAreUnderstood() throws IOException {
        Path path = file("123456", "r--------");
        Map<String, String> service = Map.of("CREDENTIALS_DIRECTORY", folder.toString());
        for (String text :
                new String[] {
                    path.toString(), "file:" + path, "file://" + path, "systemd-credential:pin"
                }) {
            try (Pin pin = PinSource.parse(text, service).read()) {
                assertThat(new String(pin.bytes(), UTF_8)).isEqualTo("123456");
            }
        }
    }

    /// systemd shows the access list of a credential as a permission of the group.
    @Test
    void aCredentialMayBeReadableByItsGroupButNotByOthers() throws IOException {
        Map<String, String> service = Map.of("CREDENTIALS_DIRECTORY", folder.toString());
        file("123456", "r--r-----");
        PinSource source = PinSource.parse("systemd-credential:pin", service);
        source.read().close();
        file("123456", "r--r--r--");
        refuses(source, PIN_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pin",
                "|/bin/echo 1",
                "file:relative",
                "file:",
                "http://host/pin",
                "file://host/pin",
                "file:/a%zz",
                "systemd-credential:",
                "systemd-credential:../pin",
                "systemd-credential:a/b",
                "systemd-credential:.pin"
            })
    void anyOtherSpellingIsRefused(String text) {
        assertThatThrownBy(() -> PinSource.parse(text, Map.of("CREDENTIALS_DIRECTORY", "/run/c")))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.reason()).isEqualTo(BAD_URI));
    }

    @Test
    void aCredentialOutsideAServiceNamesTheLineToAdd() {
        assertThatThrownBy(() -> PinSource.parse("systemd-credential:pin", Map.of()))
                .hasMessageContaining("LoadCredential=pin:");
    }

    @Test
    void aPinDoesNotShowItselfAndIsWipedOnClose() {
        Pin pin = Pin.of("123456".getBytes(UTF_8), "a test");
        assertThat(pin.toString()).doesNotContain("123456");
        pin.close();
        assertThat(pin.bytes()).containsOnly(0);
    }

    private String pinIn(String content) throws IOException {
        try (Pin pin = PinSource.file(file(content, "r--------")).read()) {
            assertThat(pin.chars()).isEqualTo(new String(pin.bytes(), UTF_8).toCharArray());
            return new String(pin.bytes(), UTF_8);
        }
    }

    private Path file(String content, String permissions) throws IOException {
        Path path = folder.resolve("pin");
        Files.deleteIfExists(path);
        Files.writeString(path, content);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        return path;
    }

    private static AbstractThrowableAssert<?, ?> refuses(
            PinSource source, KeyException.Reason reason) {
        return assertThatThrownBy(source::read)
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
