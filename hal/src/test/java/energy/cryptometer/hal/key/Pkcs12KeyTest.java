package energy.cryptometer.hal.key;

import static energy.cryptometer.hal.key.KeyException.Reason.DEVICE_ERROR;
import static energy.cryptometer.hal.key.KeyException.Reason.KEY_EXISTS;
import static energy.cryptometer.hal.key.KeyException.Reason.KEY_MISSING;
import static energy.cryptometer.hal.key.KeyException.Reason.TOKEN_MISSING;
import static energy.cryptometer.hal.key.KeyException.Reason.WRONG_PIN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Pkcs12KeyTest implements SigningKeyContract {
    private static final PinSource PASSWORD = () -> Pin.of("trial pass".getBytes(UTF_8), "a test");

    @TempDir Path folder;
    private int made;

    @Override
    public SigningKey freshKey() {
        return Pkcs12Key.create(folder.resolve("key" + made++ + ".p12"), PASSWORD);
    }

    @Override
    public KeyKind expectedKind() {
        return KeyKind.TRIAL;
    }

    @Test
    void theSameKeyComesBackFromItsFile() {
        Path file = folder.resolve("k.p12");
        try (SigningKey made = Pkcs12Key.create(file, PASSWORD);
                SigningKey opened = Pkcs12Key.open(file, PASSWORD)) {
            assertThat(opened.publicPoint()).isEqualTo(made.publicPoint());
            assertThat(opened.description()).contains("trial").contains("k.p12");
            assertThat(KeyKind.TRIAL.label()).isEqualTo("trial: software key");
        }
    }

    @Test
    void theFileIsForItsOwnerOnlyAndTheCertificateNeverExpires() throws Exception {
        Path file = folder.resolve("k.p12");
        Pkcs12Key.create(file, PASSWORD).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(Files.newInputStream(file), "trial pass".toCharArray());
        var certificate = (X509Certificate) store.getCertificate(Pkcs12File.ALIAS);
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo("9999-12-31T23:59:59Z");
    }

    @Test
    void anExistingFileIsNeverOverwritten() throws IOException {
        Path file = folder.resolve("k.p12");
        Files.writeString(file, "something dear");
        refuses(KEY_EXISTS, () -> Pkcs12Key.create(file, PASSWORD));
        assertThat(file).hasContent("something dear");
    }

    @Test
    void aWrongPasswordIsRefusedAndNotShown() {
        Path file = folder.resolve("k.p12");
        Pkcs12Key.create(file, PASSWORD).close();
        refuses(WRONG_PIN, () -> Pkcs12Key.open(file, "another".toCharArray()))
                .hasMessageNotContaining("another");
    }

    @Test
    void aMissingFileAndAnUnwritableFolderAreNamed() {
        refuses(TOKEN_MISSING, () -> Pkcs12Key.open(folder.resolve("none.p12"), PASSWORD));
        refuses(DEVICE_ERROR, () -> Pkcs12Key.create(folder.resolve("no/k.p12"), PASSWORD));
    }

    @Test
    void aDamagedFileIsRefusedAtEveryByteCut() throws IOException {
        Path file = folder.resolve("k.p12");
        Pkcs12Key.create(file, PASSWORD).close();
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 41) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Pkcs12Key.open(file, PASSWORD))
                    .isInstanceOf(KeyException.class);
        }
    }

    @Test
    void aHugeFileIsRefusedUnread() throws IOException {
        Path file = folder.resolve("k.p12");
        Files.write(file, new byte[Pkcs12Key.MAX_FILE_LENGTH + 1]);
        refuses(KEY_MISSING, () -> Pkcs12Key.open(file, PASSWORD))
                .hasMessageContaining("larger than 65536");
    }

    @Test
    void aKeyOfAnotherCurveIsRefused() throws Exception {
        refuses(KEY_MISSING, () -> Pkcs12Key.open(store(newKey("secp384r1"), 1), PASSWORD));
    }

    @Test
    void aFileWithTwoKeysOrNoneIsRefused() throws Exception {
        PrivateKey key = newKey("secp256r1");
        refuses(KEY_MISSING, () -> Pkcs12Key.open(store(key, 2), PASSWORD))
                .hasMessageContaining("2 private keys");
        refuses(KEY_MISSING, () -> Pkcs12Key.open(store(key, 0), PASSWORD))
                .hasMessageContaining("0 private keys");
    }

    @Test
    void aCertificateOfAnotherKeyIsFoundOut() throws Exception {
        refuses(KEY_MISSING, () -> Pkcs12Key.open(store(newKey("secp256r1"), 1), PASSWORD))
                .hasMessageContaining("belongs to another key");
    }

    private static PrivateKey newKey(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair().getPrivate();
    }

    /// A store with copies of a key beside the certificate of a P-256 key that is not its own.
    private Path store(PrivateKey key, int copies) throws GeneralSecurityException, IOException {
        Path donor = folder.resolve("donor" + made++ + ".p12");
        Pkcs12Key.create(donor, PASSWORD).close();
        char[] password = "trial pass".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(Files.newInputStream(donor), password);
        Certificate certificate = store.getCertificate(Pkcs12File.ALIAS);
        store.deleteEntry(Pkcs12File.ALIAS);
        for (int i = 0; i < copies; i++) {
            store.setKeyEntry("key" + i, key, password, new Certificate[] {certificate});
        }
        Path file = folder.resolve("made" + made++ + ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
        return file;
    }

    private static AbstractThrowableAssert<?, ?> refuses(
            KeyException.Reason reason, ThrowingCallable action) {
        return assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
