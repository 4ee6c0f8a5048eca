package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.PIN_LOCKED;
import static energy.cryptometer.hal.key.KeyException.Reason.WRONG_PIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.key.KeyException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What SoftHSM cannot show, because it never locks a PIN. Flags of PKCS#11 2.40, 3.2.
final class TokenLoginTest {
    private static final long INITIALISED = 0x400;
    private static final long COUNT_LOW = 0x1_0000;
    private static final long FINAL_TRY = 0x2_0000;
    private static final long LOCKED = 0x4_0000;

    @Test
    void theLastAttemptIsNotSpent() {
        refuses(PIN_LOCKED, () -> TokenLogin.refuseLastAttempt(token(COUNT_LOW | FINAL_TRY)))
                .hasMessageContaining("One more wrong PIN would lock token 'meter'");
        refuses(PIN_LOCKED, () -> TokenLogin.refuseLastAttempt(token(LOCKED)))
                .hasMessageContaining("security officer");
        TokenLogin.refuseLastAttempt(token(COUNT_LOW));
        TokenLogin.refuseLastAttempt(token(0));
    }

    @ParameterizedTest
    @ValueSource(longs = {0xa0, 0xa1, 0xa2, 0xa3})
    void everyVerdictOnThePinIsAWrongPin(long code) {
        refuses(WRONG_PIN, () -> TokenLogin.translated(failure(code), token(0)))
                .hasMessageContaining(new CkResult(code).toString());
    }

    @Test
    void aLockedPinIsNotAWrongOneAndAnyOtherFailureStaysAFailure() {
        refuses(PIN_LOCKED, () -> TokenLogin.translated(failure(0xa4), token(0)))
                .hasMessageContaining("A TPM unlocks itself");
        CkException removed = failure(0x32);
        assertThat(TokenLogin.translated(removed, token(0))).isSameAs(removed);
    }

    private static CkException failure(long code) {
        return new CkException("C_Login", new CkResult(code));
    }

    private static TokenInfo token(long flags) {
        return new TokenInfo(
                1, "meter", "maker", "model", "7", new TokenInfo.Flags(INITIALISED | flags));
    }

    private static AbstractThrowableAssert<?, ?> refuses(
            KeyException.Reason reason, ThrowingCallable action) {
        return assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
