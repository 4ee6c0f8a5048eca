package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.DEVICE_ERROR;
import static energy.cryptometer.hal.key.KeyException.Reason.KEY_MISSING;
import static energy.cryptometer.hal.key.KeyException.Reason.TOKEN_MISSING;
import static energy.cryptometer.hal.key.SigningKeyContract.digestOf;
import static energy.cryptometer.hal.key.SigningKeyContract.verifies;
import static energy.cryptometer.hal.key.pkcs11.SoftwareTpm.pin;
import static energy.cryptometer.hal.key.pkcs11.SoftwareTpm.uri;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.KeyKind;
import energy.cryptometer.hal.key.SigningKey;
import energy.cryptometer.hal.key.SigningKeyContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys in a TPM, by the module that speaks with it directly.
@Tag("token")
final class TpmKeyTest implements SigningKeyContract {
    /// More than any module gives; tpm2-pkcs11 gives 1024.
    private static final int MANY_SESSIONS = 5_000;

    @TempDir static Path folder;
    private static SoftwareTpm tpm;
    private static int made;

    @BeforeAll
    static void aTpmIsSoldered() throws IOException, InterruptedException {
        tpm =
                SoftwareTpm.in(folder)
                        .initToken("meter")
                        .foreignKey("meter", "foreign")
                        .initToken("other")
                        .direct();
    }

    @AfterAll
    static void powerOff() throws InterruptedException {
        tpm.powerOff();
    }

    @Override
    public SigningKey freshKey() {
        return Pkcs11Key.generate(uri("token=meter;object=key" + made++), pin());
    }

    @Override
    public KeyKind expectedKind() {
        return KeyKind.HARDWARE_TOKEN;
    }

    /// The tool writes the id 01 as the two letters.
    @Test
    void aKeyMadeByTheModulesOwnToolIsUsed() {
        for (String path : List.of("token=meter;object=foreign", "token=meter;id=01")) {
            try (SigningKey key = Pkcs11Key.open(uri(path), pin())) {
                byte[] digest = digestOf(1);
                assertThat(verifies(key.publicPoint(), digest, key.sign(digest))).isTrue();
            }
        }
    }

    @Test
    void aMissingKeyIsToldWithTheTokenAndWhatIsThere() {
        refuses(KEY_MISSING, () -> Pkcs11Key.open(uri("token=meter;object=absent"), pin()))
                .hasMessageContaining("Key 'absent' in token 'meter'")
                .hasMessageContaining("is not there")
                .hasMessageContaining("'foreign' id 3031");
        refuses(KEY_MISSING, () -> Pkcs11Key.open(uri("token=other;object=foreign"), pin()))
                .hasMessageContaining("in token 'other'")
                .hasMessageContaining("holds no P-256 key");
    }

    /// Every token of one TPM has the serial 0000000000000000, so the label tells them apart.
    @Test
    void aSerialThatTwoTokensShareIsRefused() {
        refuses(
                        TOKEN_MISSING,
                        () -> Pkcs11Key.open(uri("serial=0000000000000000;object=foreign"), pin()))
                .hasMessageContaining("2 tokens answer to serial '0000000000000000'")
                .hasMessageContaining("token 'meter'", "token 'other'");
    }

    @Test
    void exhaustedSessionsAreToldAndAnOpenKeyGoesOn() throws CkException {
        try (SigningKey key = Pkcs11Key.open(uri("token=meter;object=foreign"), pin())) {
            Pkcs11Module module =
                    SharedModule.of(ModuleFinder.find(uri("object=foreign"))).module();
            List<Long> sessions = exhausted(module);
            byte[] digest = digestOf(2);
            assertThat(verifies(key.publicPoint(), digest, key.sign(digest))).isTrue();
            refuses(DEVICE_ERROR, () -> Pkcs11Key.open(uri("token=meter;object=foreign"), pin()))
                    .hasMessageContaining("C_OpenSession")
                    .hasMessageContaining("CKR_SESSION_COUNT");
            for (long session : sessions) {
                module.closeSession(session);
            }
            // The key's own session, opened just before the others: it ends too.
            module.closeSession(sessions.getFirst() - 1);
            // A new start of the module frees all of them.
            exhausted(module);
            assertThat(verifies(key.publicPoint(), digest, key.sign(digest))).isTrue();
        }
    }

    private static List<Long> exhausted(Pkcs11Module module) throws CkException {
        long slot =
                module.tokens().stream()
                        .filter(token -> token.label().equals("meter"))
                        .findFirst()
                        .orElseThrow()
                        .slot();
        List<Long> sessions = new ArrayList<>();
        try {
            while (sessions.size() < MANY_SESSIONS) {
                sessions.add(module.openSession(slot, false));
            }
            throw new AssertionError("no end of sessions");
        } catch (CkException refusal) {
            assertThat(refusal.result().name()).isEqualTo("CKR_SESSION_COUNT");
        }
        return sessions;
    }

    private static AbstractThrowableAssert<?, ?> refuses(
            KeyException.Reason reason, ThrowingCallable action) {
        return assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageNotContaining(SoftwareTpm.PIN);
    }
}
