package energy.cryptometer.ledger.key;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Bouncy Castle's own verifier is the oracle: both must answer the same, whatever they are given.
class CombVerifierTest {
    private static final BigInteger N = P256Domain.ORDER;
    private static final ECPoint G = P256Domain.DOMAIN.getG();

    @Test
    void answersLikeBouncyCastleForGoodAndChangedSignatures() {
        agree(40, 25);
    }

    @Test
    @Tag("slow")
    void answersLikeBouncyCastleTwoHundredThousandTimes() {
        agree(1000, 40);
    }

    /// Five comparisons for each message.
    private static void agree(int keys, int messages) {
        Seeds.forAll(
                keys,
                random -> {
                    SoftwareSigner signer = Es256.signer(scalar(random));
                    PublicKey key = signer.publicKey();
                    CombTable table = CombTable.of(key.parameters().getQ());
                    for (int i = 0; i < messages; i++) {
                        byte[] message = new byte[random.nextInt(100)];
                        random.nextBytes(message);
                        byte[] digest = Hash.sha256(message).toBytes();
                        byte[] signature = signer.sign(message);
                        BigInteger r = new BigInteger(1, signature, 0, 32);
                        BigInteger s = new BigInteger(1, signature, 32, 32);

                        assertThat(judge(key, table, digest, r, s)).isTrue();
                        assertThat(judge(key, table, digest, r, N.subtract(s))).isTrue();
                        assertThat(judge(key, table, flipped(digest, random), r, s)).isFalse();
                        assertThat(judge(key, table, digest, scalar(random), s)).isFalse();
                        assertThat(judge(key, table, digest, r, scalar(random))).isFalse();
                    }
                });
    }

    /// For any key d and any u and v there is a message digest with a good signature: with R = (u +
    /// v d) G and r its x, s = r / v and the digest is u s. So the sum can be led through every
    /// special case: nothing of G, single bits, whole rows, equal and opposite points, infinity on
    /// the way and at the end.
    @Test
    void everySpecialCaseOnTheWayIsRight() throws MalformedException {
        int infinite = 0;
        for (BigInteger d : special()) {
            PublicKey key = PublicKey.ofPoint(G.multiply(d));
            CombTable table = CombTable.of(key.parameters().getQ());
            for (BigInteger u : special()) {
                for (BigInteger v : special()) {
                    BigInteger k = u.add(v.multiply(d)).mod(N);
                    if (k.signum() == 0) {
                        assertThat(judge(key, table, u, BigInteger.ONE, v.modInverse(N))).isFalse();
                        infinite++;
                    } else {
                        BigInteger r = x(G.multiply(k)).mod(N);
                        BigInteger s = r.multiply(v.modInverse(N)).mod(N);
                        assertThat(judge(key, table, u.multiply(s).mod(N), r, s))
                                .as("d %x u %x v %x", d, u, v)
                                .isTrue();
                    }
                }
            }
            BigInteger r = x(G.multiply(d)).mod(N);
            assertThat(judge(key, table, BigInteger.ZERO, r, r)).isTrue(); // u is 0
            assertThat(judge(key, table, N, r, r)).isTrue();
        }
        assertThat(infinite).isPositive();
    }

    private static List<BigInteger> special() {
        List<BigInteger> numbers = new ArrayList<>();
        for (int i : new int[] {1, 2, 3}) {
            numbers.add(BigInteger.valueOf(i));
            numbers.add(N.subtract(BigInteger.valueOf(i)));
        }
        for (int bit : new int[] {31, 32, 224, 255}) {
            numbers.add(BigInteger.ONE.shiftLeft(bit));
            numbers.add(N.subtract(BigInteger.ONE.shiftLeft(bit)));
        }
        numbers.add(N.shiftRight(1));
        numbers.add(new BigInteger("ffffffff".repeat(3), 16));
        numbers.add(new BigInteger("80000001".repeat(8), 16)); // first and last column
        return numbers;
    }

    /// An x of R in [n, p) is r + n. Such an R is rare, so the key is made to fit it: Q = (R - u G)
    /// / v.
    @Test
    void anXBeyondTheOrderIsTakenModuloTheOrder() {
        ECCurve curve = P256Domain.DOMAIN.getCurve();
        int points = 0;
        for (int r = 1; points < 20; r++) {
            ECPoint point = point(curve, N.add(BigInteger.valueOf(r)));
            if (point.isInfinity()) {
                continue;
            }
            points++;
            BigInteger small = BigInteger.valueOf(r);
            BigInteger digest = scalar(new Random(r));
            BigInteger s = scalar(new Random(-r));
            BigInteger u = digest.multiply(s.modInverse(N)).mod(N);
            BigInteger v = small.multiply(s.modInverse(N)).mod(N);
            PublicKey key =
                    PublicKey.ofPoint(point.subtract(G.multiply(u)).multiply(v.modInverse(N)));
            CombTable table = CombTable.of(key.parameters().getQ());

            assertThat(judge(key, table, digest, small, s)).isTrue();
            assertThat(judge(key, table, digest, small.add(BigInteger.ONE), s)).isFalse();
        }
    }

    /// r + n would be p or more: there is no such x, though r Z^2 = X modulo p could hold for r + n
    /// - p.
    @Test
    void anRThatTurnsOverTheFieldIsNotTakenForTheXItTurnsInto() {
        BigInteger over = P256Domain.FIELD.subtract(N);
        for (int x = 0, points = 0; points < 20; x++) {
            ECPoint point = point(P256Domain.DOMAIN.getCurve(), BigInteger.valueOf(x));
            if (point.isInfinity()) {
                continue;
            }
            points++;
            BigInteger r = over.add(BigInteger.valueOf(x)); // r + n = x + p
            BigInteger v = BigInteger.TWO;
            BigInteger s = r.multiply(v.modInverse(N)).mod(N);
            PublicKey key = PublicKey.ofPoint(point.multiply(v.modInverse(N)));
            CombTable table = CombTable.of(key.parameters().getQ());

            assertThat(judge(key, table, BigInteger.ZERO, r, s)).isFalse();
        }
    }

    @Test
    void aKeyMakesItsTableOnlyWhenItIsUsedOften() throws MalformedException {
        SoftwareSigner signer = Es256.signer(BigInteger.TEN);
        byte[] message = {1, 2, 3};
        byte[] signature = signer.sign(message);
        PublicKey kept = PublicKey.of(signer.publicKey().compressed());
        for (int i = 0; i < 200; i++) {
            PublicKey stranger = PublicKey.of(signer.publicKey().compressed());

            assertThat(Es256.verify(kept, message, signature).isValid()).isTrue();
            assertThat(Es256.verify(stranger, message, signature).isValid()).isTrue();
            assertThat(stranger.table()).isEmpty();
        }
        assertThat(kept.table()).isPresent().containsSame(kept.table().orElseThrow());
        assertThat(Es256.verify(kept, new byte[] {1, 2, 4}, signature).isValid()).isFalse();
    }

    private static boolean judge(
            PublicKey key, CombTable table, BigInteger digest, BigInteger r, BigInteger s) {
        return judge(key, table, BigIntegers.asUnsignedByteArray(32, digest), r, s);
    }

    private static boolean judge(
            PublicKey key, CombTable table, byte[] digest, BigInteger r, BigInteger s) {
        boolean ours = CombVerifier.verifies(table, digest, r, s);
        assertThat(ours)
                .as("key %s digest %s r %x s %x", key, Hash.of(digest), r, s)
                .isEqualTo(Es256.verifiesWithoutTable(key, digest, r, s));
        return ours;
    }

    /// Either point with this x, or infinity where there is none.
    private static ECPoint point(ECCurve curve, BigInteger x) {
        byte[] encoded = new byte[33];
        encoded[0] = 2;
        BigIntegers.asUnsignedByteArray(x, encoded, 1, 32);
        try {
            return curve.decodePoint(encoded);
        } catch (IllegalArgumentException none) {
            return curve.getInfinity();
        }
    }

    private static BigInteger x(ECPoint point) {
        return point.normalize().getAffineXCoord().toBigInteger();
    }

    private static byte[] flipped(byte[] digest, RandomGenerator random) {
        byte[] changed = Arrays.copyOf(digest, digest.length);
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private static BigInteger scalar(RandomGenerator random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new BigInteger(1, bytes).mod(N.subtract(BigInteger.ONE)).add(BigInteger.ONE);
    }
}
