package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.BAD_URI;
import static energy.cryptometer.hal.key.KeyException.Reason.KEY_EXISTS;
import static energy.cryptometer.hal.key.KeyException.Reason.KEY_MISSING;
import static energy.cryptometer.hal.key.KeyException.Reason.MODULE_MISSING;
import static energy.cryptometer.hal.key.KeyException.Reason.PIN_UNAVAILABLE;
import static energy.cryptometer.hal.key.KeyException.Reason.TOKEN_MISSING;
import static energy.cryptometer.hal.key.SigningKeyContract.digestOf;
import static energy.cryptometer.hal.key.SigningKeyContract.verifies;
import static energy.cryptometer.hal.key.pkcs11.SoftHsm.pin;
import static energy.cryptometer.hal.key.pkcs11.SoftHsm.uri;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.KeyKind;
import energy.cryptometer.hal.key.PublicPoint;
import energy.cryptometer.hal.key.SigningKey;
import energy.cryptometer.hal.key.SigningKeyContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("token")
final class Pkcs11KeyTest implements SigningKeyContract {
    @TempDir Path folder;
    private SoftHsm hsm;
    private int made;

    @BeforeEach
    void aTokenIsPluggedIn() throws IOException, InterruptedException {
        hsm = SoftHsm.in(folder).initToken("meter");
    }

    @Override
    public SigningKey freshKey() {
        return Pkcs11Key.generate(uri("token=meter;object=key" + made++), pin());
    }

    @Override
    public KeyKind expectedKind() {
        return KeyKind.HARDWARE_TOKEN;
    }

    @Test
    void tenThousandSignaturesVerify() {
        try (SigningKey key = freshKey()) {
            for (int i = 0; i < 10_000; i++) {
                if (!PublicPoint.verifies(key.publicPoint(), digestOf(i), key.sign(digestOf(i)))) {
                    throw new AssertionError("signature " + i + " does not verify");
                }
            }
        }
    }

    @Test
    void aGeneratedKeyIsFoundAgainByLabelByIdAndByItsOwnUri() {
        try (Pkcs11Key key = Pkcs11Key.generate(uri("token=meter;object=k;id=%01%02"), pin())) {
            for (String path :
                    List.of(
                            "object=k",
                            "id=%01%02",
                            "token=meter;object=k;id=%01%02;type=private")) {
                try (Pkcs11Key again = Pkcs11Key.open(uri(path), pin())) {
                    assertThat(again.publicPoint()).isEqualTo(key.publicPoint());
                }
            }
            Pkcs11Key.open(Pkcs11Uri.parse(key.uri().toString()), pin()).close();
            assertThat(key.description())
                    .contains("'k'", "'meter'", "SoftHSM", "libsofthsm2.so", "0102")
                    .doesNotContain(SoftHsm.PIN);
        }
    }

    @Test
    void aGeneratedKeyCannotLeaveTheToken() throws CkException {
        try (Pkcs11Key key = Pkcs11Key.generate(uri("token=meter;object=k"), pin())) {
            assertThat(key.uri().id().orElseThrow()).hasSize(8);
            Pkcs11Module module = SharedModule.of(SoftHsm.module()).module();
            TokenLogin login = TokenLogin.into(module, key.uri(), pin(), false);
            var wanted =
                    new CkAttributes()
                            .with(CkAttributes.CLASS, CkAttributes.PRIVATE_KEY_OBJECT)
                            .with(CkAttributes.LABEL, UriEncoding.utf8("k"));
            long handle = module.find(login.session(), wanted, 2).getFirst();
            assertThat(module.attribute(login.session(), handle, CkAttributes.EXTRACTABLE))
                    .hasValueSatisfying(value -> assertThat(value).containsExactly(0));
            assertThat(module.attribute(login.session(), handle, CkAttributes.SENSITIVE))
                    .hasValueSatisfying(value -> assertThat(value).containsExactly(1));
            assertThat(module.attribute(login.session(), handle, CkAttributes.VALUE)).isEmpty();
        }
    }

    @Test
    void noKeyIsMadeOverALabelOrAnIdThatExists() {
        try (Pkcs11Key key = Pkcs11Key.generate(uri("token=meter;object=k;id=%01"), pin())) {
            refuses(KEY_EXISTS, () -> Pkcs11Key.generate(uri("token=meter;object=k"), pin()));
            refuses(KEY_EXISTS, () -> Pkcs11Key.generate(uri("object=other;id=%01"), pin()));
            try (Pkcs11Key again = Pkcs11Key.open(uri("object=k"), pin())) {
                assertThat(again.publicPoint()).isEqualTo(key.publicPoint());
            }
        }
    }

    @Test
    void aKeyMadeByAnotherToolIsUsed() throws IOException, InterruptedException {
        hsm.foreignKey("meter", "foreign", "07", "--key-type", "EC:prime256v1");
        try (Pkcs11Key key = Pkcs11Key.open(uri("token=meter;id=%07"), pin())) {
            assertThat(verifies(key.publicPoint(), digestOf(1), key.sign(digestOf(1)))).isTrue();
        }
    }

    @Test
    void aKeyOfAnotherCurveOrOneThatCanBeCopiedIsRefused()
            throws IOException, InterruptedException {
        hsm.foreignKey("meter", "p384", "01", "--key-type", "EC:secp384r1");
        hsm.foreignKey("meter", "loose", "02", "--key-type", "EC:prime256v1", "--extractable");
        refuses(KEY_MISSING, () -> Pkcs11Key.open(uri("object=p384"), pin()))
                .hasMessageContaining("not on P-256");
        refuses(KEY_MISSING, () -> Pkcs11Key.open(uri("object=loose"), pin()))
                .hasMessageContaining("can be copied out");
    }

    @Test
    void twoKeysUnderOneLabelMustBeNamedById() throws IOException, InterruptedException {
        hsm.foreignKey("meter", "twin", "01", "--key-type", "EC:prime256v1");
        hsm.foreignKey("meter", "twin", "02", "--key-type", "EC:prime256v1");
        refuses(KEY_MISSING, () -> Pkcs11Key.open(uri("object=twin"), pin()))
                .hasMessageContaining("more than once")
                .hasMessageContaining("'twin' id 01")
                .hasMessageContaining("'twin' id 02");
        try (Pkcs11Key one = Pkcs11Key.open(uri("object=twin;id=%01"), pin());
                Pkcs11Key two = Pkcs11Key.open(uri("object=twin;id=%02"), pin())) {
            assertThat(one.publicPoint()).isNotEqualTo(two.publicPoint());
        }
    }

    @Test
    void aKeyWithoutItsPublicHalfIsRefused() throws IOException, InterruptedException {
        hsm.foreignKey("meter", "half", "01", "--key-type", "EC:prime256v1");
        hsm.pkcs11Tool("meter", List.of("--delete-object", "--type", "pubkey", "--label", "half"));
        refuses(KEY_MISSING, () -> Pkcs11Key.open(uri("object=half"), pin()))
                .hasMessageContaining("no public key or certificate");
    }

    @Test
    void aMissingKeyTokenOrModuleIsNamed() {
        refuses(KEY_MISSING, () -> Pkcs11Key.open(uri("token=meter;object=none"), pin()))
                .hasMessageContaining("'none'")
                .hasMessageContaining("'meter'");
        refuses(TOKEN_MISSING, () -> Pkcs11Key.open(uri("token=other;object=k"), pin()))
                .hasMessageContaining("0 tokens answer to token 'other'")
                .hasMessageContaining("Present: token 'meter'");
        refuses(TOKEN_MISSING, () -> Pkcs11Key.open(uri("slot-id=3;object=k"), pin()));
        Path text = folder.resolve("softhsm2.conf");
        Path other = Path.of(System.getProperty("java.home"), "lib", "libzip.so");
        for (String path : List.of("/none.so", text.toString(), "/usr/lib", other.toString())) {
            refuses(
                    MODULE_MISSING,
                    () ->
                            Pkcs11Key.open(
                                    Pkcs11Uri.parse("pkcs11:object=k?module-path=" + path), pin()));
        }
        refuses(
                MODULE_MISSING,
                () -> Pkcs11Key.open(Pkcs11Uri.parse("pkcs11:object=k?module-name=none"), pin()));
    }

    @Test
    void twoTokensOfOneLabelMustBeNamedBySerial() throws IOException, InterruptedException {
        hsm.initToken("meter");
        refuses(TOKEN_MISSING, () -> Pkcs11Key.open(uri("token=meter;object=k"), pin()))
                .hasMessageContaining("2 tokens");
    }

    @Test
    void aTokenIsFoundByItsSerialAndAKeyByLabelOrId()
            throws IOException, InterruptedException, CkException {
        hsm.initToken("meter");
        List<String> serials = serials();
        assertThat(serials).hasSize(2).doesNotHaveDuplicates();
        for (String serial : serials) {
            String token = "serial=" + serial;
            try (Pkcs11Key made = Pkcs11Key.generate(uri(token + ";object=k;id=%07"), pin())) {
                for (String path :
                        List.of(
                                token + ";object=k",
                                token + ";id=%07",
                                "token=meter;" + token + ";object=k")) {
                    try (Pkcs11Key again = Pkcs11Key.open(uri(path), pin())) {
                        assertThat(again.publicPoint()).isEqualTo(made.publicPoint());
                    }
                }
                refuses(KEY_MISSING, () -> Pkcs11Key.open(uri(token + ";object=k;id=%08"), pin()))
                        .hasMessageContaining("Key 'k' id 08")
                        .hasMessageContaining("holds 'k' id 07");
            }
        }
        refuses(TOKEN_MISSING, () -> Pkcs11Key.open(uri("token=meter;object=k"), pin()))
                .hasMessageContaining("2 tokens answer to token 'meter'")
                .hasMessageContaining("serial " + serials.getFirst())
                .hasMessageContaining("serial " + serials.getLast());
        refuses(TOKEN_MISSING, () -> Pkcs11Key.open(uri("serial=0;object=k"), pin()))
                .hasMessageContaining("0 tokens answer to serial '0'");
    }

    private static List<String> serials() throws CkException {
        SharedModule share = SharedModule.of(SoftHsm.module());
        share.acquire();
        try {
            return share.module().tokens().stream().map(TokenInfo::serial).toList();
        } finally {
            share.release();
        }
    }

    @Test
    void aUriThatNamesNoKeyOrNoModuleIsRefused() {
        refuses(BAD_URI, () -> Pkcs11Key.open(uri("token=meter"), pin()));
        refuses(BAD_URI, () -> Pkcs11Key.open(uri("object=k;type=cert"), pin()));
        refuses(BAD_URI, () -> Pkcs11Key.generate(uri("token=meter;id=%01"), pin()));
        refuses(BAD_URI, () -> Pkcs11Key.open(Pkcs11Uri.parse("pkcs11:object=k"), pin()));
    }

    @Test
    void thePinComesFromTheSourceInTheUri() throws IOException {
        freshKey().close();
        Path file = Files.writeString(folder.resolve("pin"), SoftHsm.PIN + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        String base = uri("object=key0").toString();
        Pkcs11Key.open(Pkcs11Uri.parse(base + "&pin-source=file:" + file)).close();
        refuses(PIN_UNAVAILABLE, () -> Pkcs11Key.open(Pkcs11Uri.parse(base)));
        Files.delete(file);
        refuses(
                PIN_UNAVAILABLE,
                () -> Pkcs11Key.open(Pkcs11Uri.parse(base + "&pin-source=" + file)));
    }

    @Test
    void aModuleIsFoundByItsName() {
        freshKey().close();
        Pkcs11Key.open(Pkcs11Uri.parse("pkcs11:object=key0?module-name=softhsm2"), pin()).close();
    }

    private static AbstractThrowableAssert<?, ?> refuses(
            KeyException.Reason reason, ThrowingCallable action) {
        return assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageNotContaining(SoftHsm.PIN);
    }
}
