package energy.cryptometer.ledger.vrf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import energy.cryptometer.ledger.hash.Hash;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VrfProofTest {

    /// The prime of the field and the order of the group, FIPS 186-5.
    private static final String P =
            "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";

    private static final String Q =
            "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] ALPHA = "slot 42".getBytes(StandardCharsets.US_ASCII);
    private static final BigInteger X = scalar(1);
    private static final VrfSecretKey SECRET = secret(X);
    private static final VrfPublicKey KEY = SECRET.publicKey();

    @Test
    void aProofOfManyKeysAndInputsHolds() {
        for (long seed = 0; seed < 40; seed++) {
            VrfSecretKey secret = secret(scalar(seed));
            byte[] alpha = new byte[(int) seed];
            new Random(seed).nextBytes(alpha);
            VrfProof decoded = VrfProof.of(secret.prove(alpha).toBytes());
            assertThat(secret.publicKey().verify(decoded, alpha)).as("seed %d", seed).isPresent();
        }
    }

    @Test
    void theSameInputGivesTheSameProof() {
        assertThat(SECRET.prove(ALPHA))
                .isEqualTo(SECRET.prove(ALPHA))
                .hasSameHashCodeAs(SECRET.prove(ALPHA))
                .isNotEqualTo(SECRET.prove(new byte[0]));
    }

    /// RFC 9381 with another nonce than the prescribed one: another proof, but no other output.
    @Test
    void theHolderCanChooseTheProofButNotTheOutput() {
        VrfProof usual = SECRET.prove(ALPHA);
        VrfProof other = proofWithNonce(BigInteger.valueOf(7));
        assertThat(other).isNotEqualTo(usual);
        assertThat(KEY.verify(other, ALPHA)).isPresent().isEqualTo(KEY.verify(usual, ALPHA));
    }

    @Test
    void aProofWithTheNonceZeroIsNotTaken() {
        assertThat(KEY.verify(proofWithNonce(BigInteger.ZERO), ALPHA)).isEmpty();
    }

    @Test
    void noBitOfTheProofMayChange() {
        byte[] good = SECRET.prove(ALPHA).toBytes();
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] spoiled = good.clone();
            spoiled[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(judge(spoiled)).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void theOppositePointIsRefused() {
        byte[] opposite = SECRET.prove(ALPHA).toBytes();
        opposite[0] ^= 1;
        assertThat(KEY.verify(VrfProof.of(opposite), ALPHA)).isEmpty();
    }

    @Test
    void anotherKeyOrInputIsRefused() {
        VrfProof proof = SECRET.prove(ALPHA);
        assertThat(secret(scalar(2)).publicKey().verify(proof, ALPHA)).isEmpty();
        assertThat(KEY.verify(proof, "slot 43".getBytes(StandardCharsets.US_ASCII))).isEmpty();
        assertThat(KEY.verify(proof, new byte[0])).isEmpty();
    }

    @Test
    void aPartOfAnotherTrueProofIsRefused() {
        byte[] mine = SECRET.prove(ALPHA).toBytes();
        byte[] other = SECRET.prove(new byte[] {1}).toBytes();
        for (int[] part : new int[][] {{0, 33}, {33, 49}, {49, 81}}) {
            byte[] mixed = mine.clone();
            System.arraycopy(other, part[0], mixed, part[0], part[1] - part[0]);
            assertThat(KEY.verify(VrfProof.of(mixed), ALPHA)).isEmpty();
        }
    }

    @Test
    void aScalarNotBelowTheOrderIsRefused() {
        byte[] proof = SECRET.prove(ALPHA).toBytes();
        BigInteger q = new BigInteger(Q, 16);
        for (BigInteger s : new BigInteger[] {q, q.add(BigInteger.ONE), max()}) {
            System.arraycopy(P256Points.scalarBytes(s), 0, proof, 49, 32);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VrfProof.of(proof))
                    .withMessageContaining("order");
        }
        System.arraycopy(P256Points.scalarBytes(q.subtract(BigInteger.ONE)), 0, proof, 49, 32);
        assertThat(KEY.verify(VrfProof.of(proof), ALPHA)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 80, 82, 162})
    void aProofOfAnotherLengthIsRefused(int length) {
        byte[] bytes = Arrays.copyOf(SECRET.prove(ALPHA).toBytes(), length);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VrfProof.of(bytes))
                .withMessageContaining(Integer.toString(length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02" + P, // x = p
                "02ffffffff00000001000000000000000000000001000000000000000000000004", // x = p + 5
                "02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "020000000000000000000000000000000000000000000000000000000000000001", // not on it
                "000000000000000000000000000000000000000000000000000000000000000000",
                "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
                "076b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
            })
    void bytesThatAreNoPointAreNeitherKeyNorGamma(String hex) {
        byte[] point = HEX.parseHex(hex);
        assertThat(P256Points.decode(point)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> VrfPublicKey.of(point));
        byte[] proof = SECRET.prove(ALPHA).toBytes();
        System.arraycopy(point, 0, proof, 0, 33);
        assertThatIllegalArgumentException().isThrownBy(() -> VrfProof.of(proof));
    }

    /// p + 5 above is refused for being too large: 5 itself is the x of a point.
    @Test
    void theReducedTwinOfAnOversizedCoordinateIsAPoint() {
        String five = "02" + "0".repeat(63) + "5";
        assertThat(VrfPublicKey.of(HEX.parseHex(five))).hasToString(five);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 34, 65})
    void aKeyOfAnotherLengthIsRefused(int length) {
        byte[] bytes = Arrays.copyOf(KEY.toBytes(), length);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VrfPublicKey.of(bytes))
                .withMessageContaining(length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void aSecretOfAnotherLengthIsRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> VrfSecretKey.of(new byte[length]));
    }

    @Test
    void aSecretOutsideTheGroupIsRefusedWithoutPrintingIt() {
        for (String hex : new String[] {"00".repeat(32), Q, "ff".repeat(32)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VrfSecretKey.of(HEX.parseHex(hex)))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(hex));
        }
    }

    @Test
    void theSmallestAndTheLargestSecretWork() {
        BigInteger largest = new BigInteger(Q, 16).subtract(BigInteger.ONE);
        for (BigInteger x : new BigInteger[] {BigInteger.ONE, largest}) {
            VrfSecretKey secret = secret(x);
            assertThat(secret.publicKey().verify(secret.prove(ALPHA), ALPHA)).isPresent();
        }
    }

    @Test
    void theSecretIsNeverPrinted() {
        assertThat(SECRET.toString())
                .contains(KEY.toString())
                .doesNotContain(HEX.formatHex(P256Points.scalarBytes(X)))
                .doesNotContain(X.toString());
    }

    @Test
    void nobodyCanChangeAKeyOrAProofFromOutside() {
        byte[] key = KEY.toBytes();
        VrfPublicKey copy = VrfPublicKey.of(key);
        VrfProof proof = SECRET.prove(ALPHA);
        key[5] ^= 1;
        copy.toBytes()[5] ^= 1;
        proof.toBytes()[5] ^= 1;
        assertThat(copy).isEqualTo(KEY).hasSameHashCodeAs(KEY);
        assertThat(KEY.verify(proof, ALPHA)).isPresent();
    }

    private static Optional<Hash> judge(byte[] bytes) {
        try {
            return KEY.verify(VrfProof.of(bytes), ALPHA);
        } catch (IllegalArgumentException refusedAtTheDoor) {
            return Optional.empty();
        }
    }

    /// A proof by the book but for the nonce.
    private static VrfProof proofWithNonce(BigInteger k) {
        ECPoint h = Suite.encodeToCurve(KEY.toBytes(), ALPHA).orElseThrow();
        ECPoint y = P256Points.decode(KEY.toBytes()).orElseThrow();
        ECPoint gamma = h.multiply(X).normalize();
        ECPoint u = P256Points.baseMinus(k, y, BigInteger.ZERO);
        ECPoint v = P256Points.minus(h, k, gamma, BigInteger.ZERO);
        BigInteger c = Suite.challenge(y, h, gamma, u, v);
        return VrfProof.of(gamma, c, c.multiply(X).add(k).mod(new BigInteger(Q, 16)));
    }

    private static BigInteger max() {
        return BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    }

    private static BigInteger scalar(long seed) {
        return new BigInteger(255, new Random(seed)).add(BigInteger.ONE);
    }

    private static VrfSecretKey secret(BigInteger x) {
        return VrfSecretKey.of(P256Points.scalarBytes(x));
    }
}
