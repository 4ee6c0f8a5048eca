package energy.cryptometer.ledger.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Seeds;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Es256Test {
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private static final byte[] MESSAGE = "one pulse".getBytes(UTF_8);

    /// RFC 6979, section A.2.5, with SHA-256. Its s for "sample" is the higher one.
    @ParameterizedTest
    @CsvSource({
        "sample, efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716,"
                + " f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        "test, f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367,"
                + " 019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
    })
    void signaturesAreThoseOfRfc6979WithLowS(String message, String r, String s) {
        BigInteger secret =
                new BigInteger(
                        "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721", 16);
        SoftwareSigner signer = Es256.signer(secret);
        byte[] printed = HexFormat.of().parseHex(r + s);

        byte[] signature = signer.sign(message.getBytes(UTF_8));

        assertThat(signature).isEqualTo(Es256.lowS(printed));
        assertThat(verify(signer, message.getBytes(UTF_8), signature))
                .isEqualTo(new SignatureVerdict.Valid());
        assertThat(verify(signer, message.getBytes(UTF_8), printed))
                .isEqualTo(
                        Arrays.equals(printed, signature)
                                ? new SignatureVerdict.Valid()
                                : new SignatureVerdict.HighS());
        assertThat(HexFormat.of().formatHex(signer.publicKey().uncompressed()))
                .isEqualTo(
                        "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                                + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
    }

    @Test
    void theLengthIsCheckedFirst() {
        SoftwareSigner signer = randomSigner(new Random(1));
        byte[] signature = signer.sign(MESSAGE);

        for (int length : new int[] {0, 1, 2, 40, 63, 65, 70, 72, 128}) {
            assertThat(verify(signer, MESSAGE, Arrays.copyOf(signature, length)))
                    .isEqualTo(new SignatureVerdict.WrongLength(length));
        }
    }

    @Test
    void numbersOutsideTheGroupAreRefused() {
        SoftwareSigner signer = randomSigner(new Random(2));
        byte[] signature = signer.sign(MESSAGE);
        BigInteger r = new BigInteger(1, signature, 0, 32);
        BigInteger s = new BigInteger(1, signature, 32, 32);
        BigInteger most = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

        for (BigInteger outside :
                List.of(BigInteger.ZERO, ORDER, ORDER.add(BigInteger.ONE), most)) {
            assertThat(verify(signer, MESSAGE, Es256.join(outside, s)))
                    .isEqualTo(new SignatureVerdict.OutOfRange());
            assertThat(verify(signer, MESSAGE, Es256.join(r, outside)))
                    .isEqualTo(new SignatureVerdict.OutOfRange());
            assertThat(Es256.lowS(Es256.join(r, outside))).isEqualTo(Es256.join(r, outside));
        }
    }

    @Test
    void theBorderOfLowSIsHalfTheOrder() {
        SoftwareSigner signer = randomSigner(new Random(3));
        BigInteger half = ORDER.shiftRight(1);

        assertThat(verify(signer, MESSAGE, Es256.join(BigInteger.ONE, half)))
                .isEqualTo(new SignatureVerdict.Invalid());
        assertThat(verify(signer, MESSAGE, Es256.join(BigInteger.ONE, half.add(BigInteger.ONE))))
                .isEqualTo(new SignatureVerdict.HighS());
    }

    @Test
    void theOtherSpellingOfAGoodSignatureIsRefused() {
        Seeds.forAll(
                50,
                random -> {
                    SoftwareSigner signer = randomSigner(random);
                    byte[] low = signer.sign(MESSAGE);
                    BigInteger s = new BigInteger(1, low, 32, 32);
                    byte[] high = Es256.join(new BigInteger(1, low, 0, 32), ORDER.subtract(s));

                    assertThat(verify(signer, MESSAGE, low).isValid()).isTrue();
                    assertThat(verify(signer, MESSAGE, high))
                            .isEqualTo(new SignatureVerdict.HighS());
                    assertThat(Es256.lowS(high)).isEqualTo(low);
                    assertThat(Es256.lowS(low)).isEqualTo(low).isNotSameAs(low);
                });
    }

    @Test
    void anyChangedBitAndAnyOtherKeyIsInvalid() {
        Seeds.forAll(
                100,
                random -> {
                    SoftwareSigner signer = randomSigner(random);
                    byte[] message = new byte[random.nextInt(200)];
                    random.nextBytes(message);
                    byte[] signature = signer.sign(message);
                    assertThat(signature).hasSize(Es256.SIGNATURE_BYTES);
                    assertThat(verify(signer, message, signature).isValid()).isTrue();

                    byte[] changed = signature.clone();
                    changed[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
                    assertThat(verify(signer, message, changed).isValid()).isFalse();

                    byte[] longer = Arrays.copyOf(message, message.length + 1);
                    assertThat(verify(signer, longer, signature))
                            .isEqualTo(new SignatureVerdict.Invalid());
                    assertThat(verify(randomSigner(random), message, signature))
                            .isEqualTo(new SignatureVerdict.Invalid());
                });
    }

    @Test
    void manyThreadsShareOneKey() {
        SoftwareSigner signer = randomSigner(new Random(4));

        boolean allValid =
                IntStream.range(0, 300)
                        .parallel()
                        .allMatch(i -> {
                            byte[] message = {(byte) i, (byte) (i >> 8)};
                            return verify(signer, message, signer.sign(message)).isValid();
                        });

        assertThat(allValid).isTrue();
    }

    @Test
    void aSecretOutsideTheGroupIsRefusedAndNeverPrinted() {
        for (BigInteger bad : List.of(BigInteger.ZERO, ORDER, BigInteger.TEN.negate())) {
            assertThatThrownBy(() -> Es256.signer(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a secret key lies in [1, n - 1]; this one does not");
        }
        assertThatThrownBy(() -> Es256.signer(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a secret key has 32 bytes, not 31");
        assertThatThrownBy(() -> Es256.lowS(new byte[63]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a signature has 64 bytes, not 63");

        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 0x5a);
        assertThat(Es256.signer(secret).toString())
                .startsWith("software key ")
                .doesNotContain("5a5a5a");
        assertThat(Es256.signer(secret).publicKey())
                .isEqualTo(Es256.signer(new BigInteger(1, secret)).publicKey());
    }

    @Test
    void everyVerdictHasASentence() {
        assertThat(
                        List.of(
                                new SignatureVerdict.Valid().sentence(),
                                new SignatureVerdict.WrongLength(70).sentence(),
                                new SignatureVerdict.OutOfRange().sentence(),
                                new SignatureVerdict.HighS().sentence(),
                                new SignatureVerdict.Invalid().sentence()))
                .doesNotHaveDuplicates()
                .allMatch(sentence -> sentence.endsWith("."))
                .contains("The signature has 70 bytes, expected exactly 64.");
    }

    private static SignatureVerdict verify(Signer signer, byte[] message, byte[] signature) {
        return Es256.verify(signer.publicKey(), message, signature);
    }

    private static SoftwareSigner randomSigner(RandomGenerator random) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        secret[0] &= 0x7f; // below the order
        return Es256.signer(secret);
    }
}
