package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.SigningKeyContract.digestOf;
import static energy.cryptometer.hal.key.SigningKeyContract.verifies;
import static energy.cryptometer.hal.key.pkcs11.SoftHsm.pin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import energy.cryptometer.hal.key.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A module that does not return, and one that fails once.
@Tag("token")
@Timeout(60)
final class HangingTokenTest {
    @TempDir Path folder;

    @Test
    void closingDoesNotWaitForASignatureThatHangs()
            throws IOException, InterruptedException, ExecutionException, CkException {
        SlowToken token = SlowToken.in(folder, Duration.ZERO);
        SigningKey key = Pkcs11Key.generate(token.uri("token=meter;object=k"), pin());
        ModuleShare share = ModuleShare.of(folder.resolve("slow_token.so"));
        token.hang();
        try (var signer = Executors.newSingleThreadExecutor()) {
            Future<byte[]> signature = signer.submit(() -> key.sign(digestOf(1)));
            while (!share.lock().isLocked()) Thread.onSpinWait();
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

    @Test
    void aSignatureThatTheTokenLosesIsMadeAgain() throws IOException, InterruptedException {
        SlowToken token = SlowToken.in(folder, Duration.ZERO);
        try (SigningKey key = Pkcs11Key.generate(token.uri("token=meter;object=k"), pin())) {
            for (int i = 0; i < 5; i++) {
                token.failOnce();
                assertThat(verifies(key.publicPoint(), digestOf(i), key.sign(digestOf(i))))
                        .isTrue();
            }
        }
    }
}
