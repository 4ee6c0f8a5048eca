package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.TOKEN_LOST;
import static energy.cryptometer.hal.key.KeyException.Reason.WRONG_PIN;
import static energy.cryptometer.hal.key.SigningKeyContract.digestOf;
import static energy.cryptometer.hal.key.SigningKeyContract.verifies;
import static energy.cryptometer.hal.key.pkcs11.SoftwareTpm.pin;
import static energy.cryptometer.hal.key.pkcs11.SoftwareTpm.uri;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.Pin;
import energy.cryptometer.hal.key.PinSource;
import energy.cryptometer.hal.key.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A TPM that loses its power, its resource manager, or gets a wrong PIN. What reached it is read
/// from its own lockout counter.
@Tag("token")
final class TpmLossTest {
    private static final Pkcs11Uri KEY = uri("token=meter;object=k");

    @TempDir Path folder;
    private SoftwareTpm tpm;

    @BeforeEach
    void aTpmIsSoldered() throws IOException, InterruptedException {
        tpm = SoftwareTpm.in(folder).initToken("meter").foreignKey("meter", "k");
    }

    @AfterEach
    void powerOff() throws InterruptedException {
        tpm.powerOff();
    }

    @Test
    void signingGoesOnWhenTheTpmIsBack() throws IOException, InterruptedException {
        tpm.direct();
        try (SigningKey key = Pkcs11Key.open(KEY, pin())) {
            for (int round = 0; round < 3; round++) {
                signs(key, round);
                tpm.unplug();
                loses(key);
                loses(key);
                tpm.plugIn();
                signs(key, round + 100);
            }
        }
    }

    @Test
    void signingGoesOnWhenTheResourceManagerIsBack() throws IOException, InterruptedException {
        tpm.managed();
        try (SigningKey key = Pkcs11Key.open(KEY, pin())) {
            for (int round = 0; round < 2; round++) {
                signs(key, round);
                tpm.stopResourceManager();
                loses(key);
                loses(key);
                tpm.startResourceManager();
                signs(key, round + 100);
            }
        }
    }

    @Test
    void aWrongPinReachesTheTpmExactlyOnce() throws IOException, InterruptedException {
        tpm.direct();
        int before = tpm.lockoutCounter();
        refusesPin(() -> Pkcs11Key.open(KEY, pin("111111")));
        assertThat(tpm.lockoutCounter()).isEqualTo(before + 1);
    }

    @Test
    void aPinThatBecameWrongReachesTheTpmExactlyOnce() throws IOException, InterruptedException {
        tpm.direct();
        var digits = new AtomicReference<>(SoftwareTpm.PIN);
        PinSource changing = () -> Pin.of(digits.get().getBytes(StandardCharsets.UTF_8), "a test");
        int before;
        try (SigningKey key = Pkcs11Key.open(KEY, changing)) {
            signs(key, 1);
            tpm.unplug();
            loses(key);
            tpm.plugIn();
            before = tpm.lockoutCounter();
            digits.set("111111");
            for (int i = 0; i < 5; i++) {
                refusesPin(() -> key.sign(digestOf(0)));
            }
        }
        assertThat(tpm.lockoutCounter()).isEqualTo(before + 1);
    }

    /// Why a TPM needs a higher limit than the usual ones, see ADR 13.
    @Test
    void aPowerCutCountsLikeAWrongPin() throws IOException, InterruptedException {
        tpm.direct();
        try (SigningKey key = Pkcs11Key.open(KEY, pin())) {
            signs(key, 1);
            tpm.unplug();
            loses(key);
        }
        tpm.plugIn();
        assertThat(tpm.lockoutCounter()).isPositive();
        Pkcs11Key.open(KEY, pin()).close();
    }

    private interface Attempt {
        Object make();
    }

    private static void refusesPin(Attempt attempt) {
        assertThatThrownBy(attempt::make)
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.reason()).isEqualTo(WRONG_PIN))
                .hasMessageNotContaining("111111");
    }

    private static void signs(SigningKey key, int number) {
        byte[] digest = digestOf(number);
        assertThat(verifies(key.publicPoint(), digest, key.sign(digest))).isTrue();
    }

    private static void loses(SigningKey key) {
        assertThatThrownBy(() -> key.sign(digestOf(0)))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.reason()).isEqualTo(TOKEN_LOST));
    }
}
