package energy.cryptometer.hal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.junit.jupiter.api.Test;

/// What every key holder must do. The signatures are verified by Bouncy Castle's own arithmetic,
/// which none of the key holders signs with.
public interface SigningKeyContract {
    /// A key never handed out before; the test closes it.
    SigningKey freshKey();

    /// The kind all of them must be.
    KeyKind expectedKind();

    @Test
    default void aSignatureVerifiesAgainstThePublicPoint() {
        try (SigningKey key = freshKey()) {
            for (int i = 0; i < 50; i++) {
                byte[] digest = digestOf(i);
                byte[] signature = key.sign(digest);
                assertThat(signature).hasSize(SigningKey.SIGNATURE_LENGTH);
                assertThat(verifies(key.publicPoint(), digest, signature)).isTrue();
                assertThat(verifies(key.publicPoint(), digestOf(i + 1), signature)).isFalse();
            }
        }
    }

    @Test
    default void thePublicPointIsUncompressedAndOnTheCurve() {
        try (SigningKey key = freshKey()) {
            assertThat(PublicPoint.isValid(key.publicPoint())).isTrue();
        }
    }

    @Test
    default void thePublicPointCannotBeChangedFromOutside() {
        try (SigningKey key = freshKey()) {
            byte[] before = key.publicPoint();
            key.publicPoint()[1] ^= 1;
            assertThat(key.publicPoint()).isEqualTo(before);
        }
    }

    @Test
    default void aDigestOfAnotherLengthIsRefusedAndTheKeyStillSigns() {
        try (SigningKey key = freshKey()) {
            for (int length : new int[] {0, 20, 31, 33, 64}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> key.sign(new byte[length]))
                        .withMessageContaining(length + " bytes, not 32");
            }
            assertThat(verifies(key.publicPoint(), digestOf(1), key.sign(digestOf(1)))).isTrue();
        }
    }

    @Test
    default void theExtremeDigestsAreSigned() {
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xff);
        try (SigningKey key = freshKey()) {
            assertThat(verifies(key.publicPoint(), new byte[32], key.sign(new byte[32]))).isTrue();
            assertThat(verifies(key.publicPoint(), ones, key.sign(ones))).isTrue();
        }
    }

    @Test
    default void twoKeysDiffer() {
        try (SigningKey one = freshKey();
                SigningKey other = freshKey()) {
            assertThat(one.publicPoint()).isNotEqualTo(other.publicPoint());
            byte[] signature = one.sign(digestOf(7));
            assertThat(verifies(other.publicPoint(), digestOf(7), signature)).isFalse();
        }
    }

    @Test
    default void aClosedKeyRefusesToSignAndClosesTwice() {
        SigningKey key = freshKey();
        byte[] point = key.publicPoint();
        key.close();
        key.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> key.sign(digestOf(0)))
                .withMessageContaining("closed");
        assertThat(key.publicPoint()).isEqualTo(point);
    }

    @Test
    default void closingOneKeyLeavesTheOtherAlone() {
        try (SigningKey other = freshKey()) {
            freshKey().close();
            assertThat(verifies(other.publicPoint(), digestOf(2), other.sign(digestOf(2))))
                    .isTrue();
        }
    }

    @Test
    default void fourThreadsMaySignAtOnce() throws InterruptedException, ExecutionException {
        try (SigningKey key = freshKey();
                var threads = Executors.newFixedThreadPool(4)) {
            List<Future<byte[]>> signatures = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                byte[] digest = digestOf(i);
                signatures.add(threads.submit(() -> key.sign(digest)));
            }
            for (int i = 0; i < signatures.size(); i++) {
                assertThat(verifies(key.publicPoint(), digestOf(i), signatures.get(i).get()))
                        .isTrue();
            }
        }
    }

    @Test
    default void theDescriptionIsOneLineAndTheKindIsTold() {
        try (SigningKey key = freshKey()) {
            assertThat(key.kind()).isEqualTo(expectedKind());
            assertThat(key.description()).isNotBlank().doesNotContain("\n");
            assertThat(key.toString()).isEqualTo(key.description());
        }
    }

    /// SHA-256 of a number: a digest like any other.
    static byte[] digestOf(int number) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(ByteBuffer.allocate(4).putInt(number).array());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Verifies with Bouncy Castle's lightweight ECDSA.
    static boolean verifies(byte[] point, byte[] digest, byte[] signature) {
        var curve = CustomNamedCurves.getByName("P-256");
        var domain = new ECDomainParameters(curve);
        var verifier = new ECDSASigner();
        verifier.init(
                false, new ECPublicKeyParameters(curve.getCurve().decodePoint(point), domain));
        return verifier.verifySignature(
                digest, new BigInteger(1, signature, 0, 32), new BigInteger(1, signature, 32, 32));
    }
}
