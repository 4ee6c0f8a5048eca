package energy.cryptometer.hal.key.pkcs11;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.key.PublicPoint;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class TokenPointTest {
    @Test
    void aWrappedPointAndABareOneAreTheSame() throws GeneralSecurityException {
        byte[] point = newPoint("secp256r1");
        byte[] wrapped = new byte[67];
        wrapped[0] = 4;
        wrapped[1] = 65;
        System.arraycopy(point, 0, wrapped, 2, 65);
        assertThat(KeySearch.point(point).orElseThrow()).isEqualTo(point);
        assertThat(KeySearch.point(wrapped).orElseThrow()).isEqualTo(point);
        wrapped[1] = 64;
        assertThat(KeySearch.point(wrapped)).isEmpty();
        wrapped[1] = 65;
        wrapped[0] = 3;
        assertThat(KeySearch.point(wrapped)).isEmpty();
    }

    @Test
    void whatIsNotAPointOfTheCurveIsNone() throws GeneralSecurityException {
        byte[] point = newPoint("secp256r1");
        point[40] ^= 1;
        assertThat(KeySearch.point(point)).isEmpty();
        assertThat(KeySearch.point(new byte[0])).isEmpty();
        assertThat(KeySearch.point(new byte[65])).isEmpty();
        byte[] infinity = new byte[65];
        infinity[0] = 4;
        assertThat(KeySearch.point(infinity)).isEmpty();
        assertThat(KeySearch.point(Arrays.copyOf(newPoint("secp256r1"), 66))).isEmpty();
    }

    @Test
    void aTokenFieldLosesItsPaddingOfBlanksOrZeros() {
        byte[] info = new byte[TokenInfo.SIZE];
        byte[] label = "  meter 1                       ".getBytes(US_ASCII);
        System.arraycopy(label, 0, info, 0, 32);
        info[80] = '7';
        TokenInfo token = TokenInfo.of(5, info, 0x400);
        assertThat(token.label()).isEqualTo("  meter 1");
        assertThat(token.serial()).isEqualTo("7");
        assertThat(token.flags().initialised()).isTrue();
        assertThat(token.matches(Pkcs11Uri.parse("pkcs11:slot-id=5;serial=7"))).isTrue();
        assertThat(token.matches(Pkcs11Uri.parse("pkcs11:slot-id=6"))).isFalse();
        assertThat(token.matches(Pkcs11Uri.parse("pkcs11:token=meter%201"))).isFalse();
    }

    private static byte[] newPoint(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return PublicPoint.of(generator.generateKeyPair().getPublic());
    }
}
