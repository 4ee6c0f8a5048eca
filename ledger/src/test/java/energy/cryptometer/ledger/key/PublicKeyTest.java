package energy.cryptometer.ledger.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicKeyTest {
    /// The base point of P-256 (SP 800-186, section 3.2.1.3).
    private static final String GX =
            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";

    private static final String GY =
            "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

    private static final String P =
            "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";

    @Test
    void bothFormsNameTheSamePoint() throws MalformedException {
        PublicKey key = PublicKey.of(hex("04" + GX + GY));

        assertThat(key.compressed()).isEqualTo(hex("03" + GX));
        assertThat(key.uncompressed()).isEqualTo(hex("04" + GX + GY));
        assertThat(PublicKey.of(key.compressed())).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(PublicKey.of(hex("02" + GX))).isNotEqualTo(key);
        assertThat(Es256.signer(BigInteger.ONE).publicKey()).isEqualTo(key);
    }

    @Test
    void theIdIsTheBeginningOfTheFingerprint() throws MalformedException {
        PublicKey key = PublicKey.of(hex("03" + GX));
        Hash fingerprint = Hash.sha256(hex("03" + GX));

        assertThat(key.fingerprint()).isEqualTo(fingerprint);
        assertThat(key.id()).isEqualTo(KeyId.of(Arrays.copyOf(fingerprint.toBytes(), 8)));
        assertThat(key).hasToString(fingerprint.toString());
        assertThat(fingerprint.toString()).startsWith(key.id().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0 bytes that start with -1",
        "00, 1 bytes that start with 0",
        "03, 1 bytes that start with 3",
        "04" + GX + ", 33 bytes that start with 4",
        "00" + GX + ", 33 bytes that start with 0",
        "03" + GX + GY + ", 65 bytes that start with 3",
        "06" + GX + GY + ", 65 bytes that start with 6",
        "07" + GX + GY + ", 65 bytes that start with 7",
        "04" + GX + GX + ", no point",
        "04" + GX + P + ", no point",
        "04" + P + GY + ", no point",
        "02" + P + ", no point",
        "04000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
                + "00000000000000000000000000000000000000000000, no point",
    })
    void whatIsNoPointInOneOfTheTwoFormsIsRefused(String encoded, String reason) {
        assertThatThrownBy(() -> PublicKey.of(hex(encoded)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aCompressedXWithoutAPointIsRefusedAsOftenAsTheCurveSays() {
        int[] points = {0};
        Seeds.forAll(
                400,
                random -> {
                    byte[] encoded = new byte[33];
                    random.nextBytes(encoded);
                    encoded[0] = 2;
                    try {
                        assertThat(PublicKey.of(encoded).compressed()).isEqualTo(encoded);
                        points[0]++;
                    } catch (MalformedException refused) {
                        assertThat(refused).hasMessageContaining("no point");
                    }
                });
        // Half of all x belong to a point; the seeds are fixed.
        assertThat(points[0]).isBetween(150, 250);
    }

    @Test
    void bytesAreCopiedOut() throws MalformedException {
        PublicKey key = PublicKey.of(hex("03" + GX));
        key.compressed()[5] = 0;
        key.uncompressed()[5] = 0;

        assertThat(key.compressed()).isEqualTo(hex("03" + GX));
        assertThat(key.uncompressed()).isEqualTo(hex("04" + GX + GY));
    }

    @Test
    void keyIdsAreEightBytesInUnsignedOrder() {
        KeyId small = KeyId.of(hex("0102030405060708"));
        KeyId great = KeyId.of(hex("ff02030405060708"));

        assertThat(small).isLessThan(great).hasToString("0102030405060708");
        assertThat(great.toBytes()).isEqualTo(hex("ff02030405060708"));
        assertThat(KeyId.of(small.toBytes())).isEqualTo(small).hasSameHashCodeAs(small);
        assertThat(small).isNotEqualTo(great);
        assertThatThrownBy(() -> KeyId.of(new byte[7]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key id has 8 bytes, not 7");
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
