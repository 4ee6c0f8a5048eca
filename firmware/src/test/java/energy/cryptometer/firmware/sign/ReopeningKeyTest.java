package energy.cryptometer.firmware.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.command.configuration.Configuration;
import energy.cryptometer.command.key.KeySection;
import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.KeyException.Reason;
import energy.cryptometer.hal.key.PinSource;
import energy.cryptometer.hal.key.Pkcs12Key;
import energy.cryptometer.hal.key.pkcs11.Pkcs11Key;
import energy.cryptometer.hal.key.pkcs11.Pkcs11Uri;
import energy.cryptometer.hal.key.pkcs11.SlowToken;
import energy.cryptometer.hal.key.pkcs11.SoftHsm;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.SignatureVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReopeningKeyTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    @TempDir private Path folder;
    private KeySection section;
    private PublicKey expected;

    @BeforeEach
    void aKeyThatIsThere() throws IOException, MalformedException {
        pin("123456");
        try (Pkcs12Key key = Pkcs12Key.create(key(), PinSource.file(folder.resolve("pin")))) {
            expected = PublicKey.of(key.publicPoint());
        }
        Path file = folder.resolve("key.toml");
        Files.writeString(file, "[key]\ntrial_key = \"key.p12\"\npin_file = \"pin\"\n");
        section = KeySection.read(Configuration.read(file).section("key"));
    }

    private Path key() {
        return folder.resolve("key.p12");
    }

    private void pin(String digits) throws IOException {
        Path pin = folder.resolve("pin");
        Files.deleteIfExists(pin);
        Files.writeString(pin, digits + "\n");
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("r--------"));
    }

    private static Reason refusal(ReopeningKey key) {
        try {
            byte[] _ = key.sign(MESSAGE);
        } catch (KeyException e) {
            return e.reason();
        }
        throw new AssertionError("it signed");
    }

    @Test
    void aKeyThatIsAwayIsMissedOnlyWhenItHasToSignAndFoundWhenItIsBack() throws Exception {
        Path away = folder.resolve("away.p12");
        Files.move(key(), away);
        try (ReopeningKey key = ReopeningKey.of(section, expected)) {
            assertThat(key.publicKey()).isEqualTo(expected);
            assertThat(key.problem()).isEmpty();
            assertThat(refusal(key)).isEqualTo(Reason.TOKEN_MISSING);
            assertThat(key.problem()).isPresent();
            assertThat(key.description()).contains("key.p12");
            Files.move(away, key());
            assertThat(Es256.verify(expected, MESSAGE, key.sign(MESSAGE)))
                    .isEqualTo(new SignatureVerdict.Valid());
            assertThat(key.problem()).isEmpty();
        }
    }

    @Test
    void aPinThatWasRefusedIsNeverTriedAgain() throws IOException {
        pin("654321");
        try (ReopeningKey key = ReopeningKey.of(section, expected)) {
            assertThat(refusal(key)).isEqualTo(Reason.WRONG_PIN);
            pin("123456");
            assertThat(refusal(key)).as("not asked again").isEqualTo(Reason.WRONG_PIN);
        }
    }

    @Test
    @Tag("token")
    void aLockedPinIsAskedForAgainBecauseATpmForgets()
            throws IOException, InterruptedException, MalformedException {
        SlowToken token = SlowToken.in(folder, Duration.ZERO);
        Pkcs11Uri uri = token.uri("token=meter;object=k");
        PublicKey inToken;
        try (KeySigner made = new KeySigner(Pkcs11Key.generate(uri, SoftHsm.pin()))) {
            inToken = made.publicKey();
        }
        pin(SoftHsm.PIN);
        Path file = folder.resolve("token.toml");
        Files.writeString(file, "[key]\npkcs11 = \"%s\"\npin_file = \"pin\"\n".formatted(uri));
        KeySection inTheToken = KeySection.read(Configuration.read(file).section("key"));
        token.refuseLoginOnce(0xa4); // CKR_PIN_LOCKED
        try (ReopeningKey key = ReopeningKey.of(inTheToken, inToken)) {
            assertThat(refusal(key)).isEqualTo(Reason.PIN_LOCKED);
            assertThat(key.problem().orElseThrow()).contains("A TPM unlocks itself with time");
            assertThat(Es256.verify(inToken, MESSAGE, key.sign(MESSAGE)))
                    .isEqualTo(new SignatureVerdict.Valid());
        }
    }

    @Test
    void theTokenOfAnotherMeterIsRefusedByName() {
        PublicKey other = Es256.signer(Hash.sha256(MESSAGE).toBytes()).publicKey();
        try (ReopeningKey key = ReopeningKey.of(section, other)) {
            assertThatThrownBy(() -> key.sign(MESSAGE))
                    .isInstanceOf(KeyException.class)
                    .hasMessageContaining("holds another key than the genesis names");
        }
    }

    @Test
    void withoutAnEntryOnlyTheTokenKnowsWhichKeyItIs() {
        try (ReopeningKey key = ReopeningKey.openedNow(section)) {
            assertThat(key.publicKey()).isEqualTo(expected);
            assertThat(key.kind()).isEqualTo("trial: software key");
        }
    }
}
