package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.TOKEN_LOST;
import static energy.cryptometer.hal.key.KeyException.Reason.WRONG_PIN;
import static energy.cryptometer.hal.key.SigningKeyContract.digestOf;
import static energy.cryptometer.hal.key.SigningKeyContract.verifies;
import static energy.cryptometer.hal.key.pkcs11.SoftHsm.pin;
import static energy.cryptometer.hal.key.pkcs11.SoftHsm.uri;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.Pin;
import energy.cryptometer.hal.key.PinSource;
import energy.cryptometer.hal.key.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The token goes away while the meter signs: its folder is moved away and back.
@Tag("token")
final class LostTokenTest {
    @TempDir Path folder;
    private SoftHsm hsm;

    @BeforeEach
    void aTokenIsPluggedIn() throws IOException, InterruptedException {
        hsm = SoftHsm.in(folder).initToken("meter");
    }

    @Test
    void signingGoesOnWhenTheTokenIsBack() throws IOException {
        try (SigningKey key = Pkcs11Key.generate(uri("token=meter;object=k"), pin())) {
            for (int round = 0; round < 5; round++) {
                signs(key, round);
                Path away = unplug();
                losesToken(key);
                losesToken(key);
                plugIn(away);
                signs(key, round + 100);
            }
        }
    }

    @Test
    void aShortLossBetweenTwoSignaturesIsNotNoticed() throws IOException {
        try (SigningKey key = Pkcs11Key.generate(uri("token=meter;object=k"), pin())) {
            signs(key, 1);
            plugIn(unplug());
            signs(key, 2);
        }
    }

    @Test
    void aRestartForOneKeyDoesNotDisturbTheOther() throws IOException {
        try (SigningKey one = Pkcs11Key.generate(uri("token=meter;object=one"), pin());
                SigningKey two = Pkcs11Key.generate(uri("token=meter;object=two"), pin())) {
            Path away = unplug();
            losesToken(one);
            plugIn(away);
            signs(one, 1);
            signs(two, 2);
            signs(one, 3);
        }
    }

    @Test
    void anEndedSessionIsOpenedAgain() throws CkException {
        try (SigningKey key = Pkcs11Key.generate(uri("token=meter;object=k"), pin())) {
            SharedModule share = SharedModule.of(SoftHsm.module());
            for (int session = 1; session < 20; session++) {
                closeSession(share.module(), session);
            }
            signs(key, 1);
            share.module().terminate();
            signs(key, 2);
        }
    }

    @Test
    void anotherKeyUnderTheSameNameIsNotAccepted() throws IOException, InterruptedException {
        try (SigningKey key = Pkcs11Key.generate(uri("token=meter;object=k;id=%01"), pin())) {
            Path away = unplug();
            Files.createDirectory(hsm.tokens());
            hsm.initToken("meter");
            losesToken(key).hasMessageContaining("is not there");
            hsm.foreignKey("meter", "k", "01", "--key-type", "EC:prime256v1");
            losesToken(key).hasMessageContaining("another key");
            Files.move(hsm.tokens(), folder.resolve("impostor"));
            plugIn(away);
            signs(key, 3);
        }
    }

    @Test
    void aPinThatBecameWrongIsTriedOnceAndNeverAgain() throws IOException {
        var digits = new AtomicReference<>(SoftHsm.PIN);
        var logins = new AtomicInteger();
        PinSource counted =
                () -> {
                    logins.incrementAndGet();
                    return Pin.of(digits.get().getBytes(StandardCharsets.UTF_8), "a test");
                };
        Pkcs11Key.generate(uri("token=meter;object=k"), pin()).close();
        try (SigningKey key = Pkcs11Key.open(uri("token=meter;object=k"), counted)) {
            Path away = unplug();
            losesToken(key);
            plugIn(away);
            digits.set("111111");
            int before = logins.get();
            refusesPin(key);
            refusesPin(key);
            digits.set(SoftHsm.PIN);
            refusesPin(key);
            assertThat(logins.get() - before).isEqualTo(1);
        }
        Pkcs11Key.open(uri("token=meter;object=k"), pin()).close();
    }

    private static void closeSession(Pkcs11Module module, long session) {
        try {
            module.closeSession(session);
        } catch (CkException _) {
            // No session of that number.
        }
    }

    private Path unplug() throws IOException {
        return Files.move(hsm.tokens(), folder.resolve("away"));
    }

    private void plugIn(Path away) throws IOException {
        Files.move(away, hsm.tokens());
    }

    private static void signs(SigningKey key, int number) {
        byte[] digest = digestOf(number);
        assertThat(verifies(key.publicPoint(), digest, key.sign(digest))).isTrue();
    }

    private static AbstractThrowableAssert<?, ?> losesToken(SigningKey key) {
        return assertThatThrownBy(() -> key.sign(digestOf(0)))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.reason()).isEqualTo(TOKEN_LOST));
    }

    private static void refusesPin(SigningKey key) {
        assertThatThrownBy(() -> key.sign(digestOf(0)))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.reason()).isEqualTo(WRONG_PIN))
                .hasMessageNotContaining("111111");
    }
}
