package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.WRONG_PIN;
import static energy.cryptometer.hal.key.SigningKeyContract.digestOf;
import static energy.cryptometer.hal.key.pkcs11.SoftHsm.pin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Counts what really reaches the token: OpenSC's spy stands between us and SoftHSM and writes down
/// every call.
@Tag("token")
final class WrongPinTest {
    @Test
    void aWrongPinReachesTheTokenExactlyOnce(@TempDir Path folder)
            throws IOException, InterruptedException {
        SoftHsm.in(folder).initToken("meter");
        Path log = folder.resolve("spy.log");
        NativeEnvironment.set("PKCS11SPY", SoftHsm.module().toString());
        NativeEnvironment.set("PKCS11SPY_OUTPUT", log.toString());
        var uri = Pkcs11Uri.parse("pkcs11:token=meter;object=k?module-name=pkcs11-spy");

        Pkcs11Key.generate(uri, pin()).close();
        long logins = calls(log, "C_Login");
        assertThat(logins).isEqualTo(2);

        assertThatThrownBy(() -> Pkcs11Key.open(uri, pin("111111")))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.reason()).isEqualTo(WRONG_PIN))
                .hasMessageContaining("CKR_PIN_INCORRECT (0xa0)")
                .hasMessageNotContaining("111111");
        assertThat(calls(log, "C_Login")).isEqualTo(logins + 1);

        long opened = calls(log, "C_OpenSession");
        try (SigningKey key = Pkcs11Key.open(uri, pin())) {
            for (int i = 0; i < 20; i++) {
                key.sign(digestOf(i));
            }
        }
        assertThat(calls(log, "C_Login")).isEqualTo(logins + 2);
        assertThat(calls(log, "C_OpenSession")).isEqualTo(opened + 1);
        assertThat(calls(log, "C_OpenSession")).isEqualTo(calls(log, "C_CloseSession"));
        assertThat(calls(log, "C_Initialize")).isEqualTo(calls(log, "C_Finalize"));
    }

    private static long calls(Path log, String function) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.endsWith(": " + function))
                .count();
    }
}
