package energy.cryptometer.command.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.command.configuration.Configuration;
import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.KeyKind;
import energy.cryptometer.hal.key.PinSource;
import energy.cryptometer.hal.key.Pkcs12Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySectionTest {
    @TempDir private Path folder;

    private Configuration configuration(String keys) throws IOException {
        Path file = Files.writeString(folder.resolve("c.toml"), "[key]\n" + keys);
        return Configuration.read(file);
    }

    private Path pin(String name, String pin) throws IOException {
        Path file = Files.writeString(folder.resolve(name), pin + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    }

    @Test
    void aTrialKeyIsOpenedAndSaysThatItIsOne() throws IOException {
        PinSource pin = PinSource.file(pin("pin", "correct horse"));
        byte[] point;
        try (var made = Pkcs12Key.create(folder.resolve("key.p12"), pin)) {
            point = made.publicPoint();
        }
        Configuration configuration = configuration("trial_key = 'key.p12'\npin_file = 'pin'\n");
        KeySection section = KeySection.read(configuration.section("key"));
        configuration.orFail();
        try (KeySigner signer = section.signer()) {
            assertThat(signer.kind()).isEqualTo(KeyKind.TRIAL);
            assertThat(signer.publicKey().uncompressed()).isEqualTo(point);
            assertThat(signer.sign(new byte[3])).hasSize(64);
        }
        pin("other", "wrong");
        Configuration wrong = configuration("trial_key = 'key.p12'\npin_file = 'other'\n");
        KeySection refused = KeySection.read(wrong.section("key"));
        assertThatThrownBy(refused::open).isInstanceOf(KeyException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pin_file = 'p'|'key.pkcs11' is missing, and so is 'trial_key'",
                "trial_key = 'k'|'key.pin_file' is missing, and so is 'pin_credential'",
                "trial_key = 'k'\\npkcs11 = 'pkcs11:object=a'\\npin_file = 'p'|'key.trial_key' stands beside 'pkcs11'",
                "trial_key = 'k'\\npin_file = 'p'\\npin_credential = 'c'|'key.pin_credential' stands beside 'pin_file'",
                "pkcs11 = 'pkcs12:x'\\npin_file = 'p'|'key.pkcs11' is refused: ",
                "trial_key = 'k'\\npin_credential = '../c'|'key.pin_credential' is refused: ",
                "trial_key = 'k'\\npin_fil = 'c'\\npin_file = 'p'|'key.pin_fil' is not known here: did you mean 'pin_file'?",
            })
    void aSectionThatDoesNotNameOneKeyAndOnePinIsRefused(String keys, String expected)
            throws IOException {
        Configuration configuration = configuration(keys.replace("\\n", "\n"));
        KeySection.read(configuration.section("key"));
        assertThat(configuration.problems()).singleElement().asString().contains(expected);
    }

    @Test
    void aCredentialIsMissedOnlyWhenTheKeyIsOpened() throws IOException {
        Pkcs12Key.create(folder.resolve("key.p12"), PinSource.file(pin("pin", "correct horse")))
                .close();
        Configuration configuration =
                configuration("trial_key = 'key.p12'\npin_credential = 'no-such-credential'\n");
        KeySection section = KeySection.read(configuration.section("key"));
        configuration.orFail();
        assertThat(section.kind()).isEqualTo(KeyKind.TRIAL);
        assertThatThrownBy(section::open)
                .isInstanceOfSatisfying(
                        KeyException.class,
                        refusal ->
                                assertThat(refusal.reason())
                                        .isEqualTo(KeyException.Reason.PIN_UNAVAILABLE));
    }

    @Test
    void aTokenMayNameItsPinInTheUri() throws IOException {
        Configuration configuration =
                configuration("pkcs11 = 'pkcs11:object=a?pin-source=file:/run/pin'\n");
        KeySection.read(configuration.section("key"));
        configuration.orFail();
    }
}
