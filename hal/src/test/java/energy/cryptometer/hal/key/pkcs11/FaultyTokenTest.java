package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.DEVICE_ERROR;
import static energy.cryptometer.hal.key.KeyException.Reason.WRONG_PIN;
import static energy.cryptometer.hal.key.SigningKeyContract.digestOf;
import static energy.cryptometer.hal.key.SigningKeyContract.verifies;
import static energy.cryptometer.hal.key.pkcs11.SoftHsm.pin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A module that does not return, and one that fails, lies or is shared.
@Tag("token")
@Timeout(60)
final class FaultyTokenTest {
    @TempDir Path folder;

    @Test
    void closingDoesNotWaitForASignatureThatHangs()
            throws IOException, InterruptedException, ExecutionException, CkException {
        SlowToken token = SlowToken.in(folder, Duration.ZERO);
        SigningKey key = Pkcs11Key.generate(token.uri("token=meter;object=k"), pin());
        SharedModule share = SharedModule.of(folder.resolve("slow_token.so"));
        token.hang();
        try (var signer = Executors.newSingleThreadExecutor()) {
            Future<byte[]> signature = signer.submit(() -> key.sign(digestOf(1)));
            while (!share.lock().isLocked()) {
                Thread.onSpinWait();
            }
            key.close();
            assertThat(signature.isDone()).isFalse();
            token.release();
            assertThat(verifies(key.publicPoint(), digestOf(1), signature.get())).isTrue();
        }
        assertThatIllegalStateException().isThrownBy(() -> key.sign(digestOf(2)));
        // The session ended with the call: the module starts anew for the next key.
        assertThat(share.module().initialize()).isTrue();
        share.module().terminate();
    }

    /// Removed, session closed or unknown, not logged in, an operation still active, not
    /// initialised, a vendor's own code, and what no standard knows.
    @ParameterizedTest
    @ValueSource(longs = {0x32, 0xb0, 0xb3, 0x101, 0x90, 0x190, 0x5, 0x8000_0001L, 0x7777})
    void aSignatureThatTheTokenLosesIsMadeAgain(long code)
            throws IOException, InterruptedException {
        SlowToken token = SlowToken.in(folder, Duration.ZERO);
        try (SigningKey key = Pkcs11Key.generate(token.uri("token=meter;object=k"), pin())) {
            for (int i = 0; i < 3; i++) {
                token.failOnce(code);
                signs(key, i);
            }
        }
    }

    /// Asking again would not help, but the next signature is another matter: the operation that
    /// was begun in the token does not stand in its way.
    @ParameterizedTest
    @ValueSource(longs = {0x21, 0x68, 0x70, 0x150})
    void aVerdictOfTheTokenIsSaidOnceAndTheNextSignatureIsMade(long code)
            throws IOException, InterruptedException {
        SlowToken token = SlowToken.in(folder, Duration.ZERO);
        try (SigningKey key = Pkcs11Key.generate(token.uri("token=meter;object=k"), pin())) {
            token.failOnce(code);
            refuses(DEVICE_ERROR, key).hasMessageContaining(new CkResult(code).toString());
            signs(key, 1);
        }
    }

    @Test
    void aSignatureThatDoesNotVerifyIsNeverHandedOut() throws IOException, InterruptedException {
        SlowToken token = SlowToken.in(folder, Duration.ZERO);
        try (SigningKey key = Pkcs11Key.generate(token.uri("token=meter;object=k"), pin())) {
            token.garbleOnce();
            refuses(DEVICE_ERROR, key).hasMessageContaining("does not verify");
            signs(key, 1);
            token.cutOnce();
            refuses(DEVICE_ERROR, key).hasMessageContaining("63 bytes, not 64");
            signs(key, 2);
        }
    }

    @Test
    void aModuleThatOthersStartedIsUsedAndTheirLossIsMended()
            throws IOException, InterruptedException, CkException {
        SlowToken token = SlowToken.in(folder, Duration.ZERO);
        token.takenByOthers();
        try (SigningKey key = Pkcs11Key.generate(token.uri("token=meter;object=k"), pin())) {
            signs(key, 1);
            token.failOnce(0x32);
            signs(key, 2);
        } finally { // it is left to those others, who are we
            SharedModule.of(folder.resolve("slow_token.so")).module().terminate();
        }
    }

    @Test
    void aPinThatMustBeChangedIsNoMistakeOfTyping() throws IOException, InterruptedException {
        SlowToken token = SlowToken.in(folder, Duration.ZERO);
        Pkcs11Key.generate(token.uri("token=meter;object=k"), pin()).close();
        token.refuseLoginOnce(0xa3);
        assertThatThrownBy(() -> Pkcs11Key.open(token.uri("token=meter;object=k"), pin()))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.reason()).isEqualTo(WRONG_PIN))
                .hasMessageContaining("CKR_PIN_EXPIRED (0xa3)")
                .hasMessageContaining("set a new one with the token's own tool");
    }

    private static void signs(SigningKey key, int number) {
        byte[] digest = digestOf(number);
        assertThat(verifies(key.publicPoint(), digest, key.sign(digest))).isTrue();
    }

    private static AbstractThrowableAssert<?, ?> refuses(
            KeyException.Reason reason, SigningKey key) {
        return assertThatThrownBy(() -> key.sign(digestOf(0)))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
