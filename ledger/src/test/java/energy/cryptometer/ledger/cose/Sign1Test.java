package energy.cryptometer.ledger.cose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.key.SoftwareSigner;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Sign1Test {
    private static final byte[] AAD = "community".getBytes(UTF_8);
    private static final byte[] PAYLOAD = "one pulse".getBytes(UTF_8);
    private static final byte[] HEADER = {(byte) 0xa2, 1, 0x26, 4, 0x48, 1, 2, 3, 4, 5, 6, 7, 8};

    private final SoftwareSigner signer = Keys.random(new Random(1));
    private final Sign1 message = Sign1.sign(signer, PAYLOAD, AAD);

    @Test
    void aMessageSurvivesItsEncoding() throws MalformedException {
        Sign1 read = Sign1.decode(message.encode());

        assertThat(read).isEqualTo(message).hasSameHashCodeAs(message);
        assertThat(read.encode()).isEqualTo(message.encode());
        assertThat(read.payload()).isEqualTo(PAYLOAD);
        assertThat(read.signer()).isEqualTo(signer.publicKey().id());
        assertThat(read.verify(signer.publicKey(), AAD)).isEqualTo(new SignatureVerdict.Valid());
        assertThat(read).hasToString("COSE_Sign1 of key " + read.signer() + " over 9 bytes");
        assertThat(Sign1.of(read.signer(), PAYLOAD, read.signature())).isEqualTo(message);
    }

    @Test
    void theBytesAreThoseOfRfc9052() {
        KeyId id = KeyId.of(HexFormat.of().parseHex("0102030405060708"));
        byte[] signature = new byte[64];
        Arrays.fill(signature, (byte) 0xee);

        assertThat(HexFormat.of().formatHex(Sign1.of(id, new byte[] {7}, signature).encode()))
                .isEqualTo("d2844da20126044801020304050607" + "08a041075840" + "ee".repeat(64));
        assertThat(HexFormat.of().formatHex(Sign1.signatureInput(id, new byte[] {7}, new byte[0])))
                .isEqualTo("846a5369676e6174757265314da2012604480102030405060708404107");
    }

    @Test
    void theIdLeavesTheSignatureOut() {
        Sign1 other = Sign1.of(message.signer(), PAYLOAD, new byte[64]);

        assertThat(other).isNotEqualTo(message);
        assertThat(other.id(AAD))
                .isEqualTo(message.id(AAD))
                .isEqualTo(Hash.sha256(Sign1.signatureInput(message.signer(), PAYLOAD, AAD)));
        assertThat(message.id(PAYLOAD)).isNotEqualTo(message.id(AAD));
    }

    @Test
    void anotherCommunityKeyOrPayloadIsInvalid() {
        SoftwareSigner stranger = Keys.random(new Random(2));
        KeyId id = message.signer();
        SignatureVerdict invalid = new SignatureVerdict.Invalid();

        assertThat(message.verify(signer.publicKey(), new byte[0])).isEqualTo(invalid);
        assertThat(message.verify(stranger.publicKey(), AAD)).isEqualTo(invalid);
        assertThat(Sign1.of(id, AAD, message.signature()).verify(signer.publicKey(), AAD))
                .isEqualTo(invalid);
        // The key fits the signature but is not the one that the header names.
        byte[] stolen = stranger.sign(Sign1.signatureInput(id, PAYLOAD, AAD));
        assertThat(Sign1.of(id, PAYLOAD, stolen).verify(stranger.publicKey(), AAD))
                .isEqualTo(invalid);
        // A signature for COSE_Sign says nothing in COSE_Sign1.
        byte[] purpose = signer.sign(Sign.signatureInput(id, PAYLOAD, AAD));
        assertThat(Sign1.of(id, PAYLOAD, purpose).verify(signer.publicKey(), AAD))
                .isEqualTo(invalid);
    }

    @Test
    void theSecondSpellingOfASignatureIsRefused() {
        BigInteger order =
                new BigInteger(
                        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
        byte[] high = message.signature();
        byte[] s = order.subtract(new BigInteger(1, high, 32, 32)).toByteArray();
        System.arraycopy(s, s.length - 32, high, 32, 32);
        assertThat(Es256.lowS(high)).isEqualTo(message.signature());

        assertThat(Sign1.of(message.signer(), PAYLOAD, high).verify(signer.publicKey(), AAD))
                .isEqualTo(new SignatureVerdict.HighS());
        assertThat(
                        Sign1.of(message.signer(), PAYLOAD, new byte[64])
                                .verify(signer.publicKey(), AAD))
                .isEqualTo(new SignatureVerdict.OutOfRange());
    }

    @Test
    void everySingleChangedBitIsNoticed() {
        byte[] encoded = message.encode();
        for (int bit = 0; bit < 8 * encoded.length; bit++) {
            byte[] changed = encoded.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                Sign1 read = Sign1.decode(changed);
                assertThat(read.verify(signer.publicKey(), AAD).isValid())
                        .as("bit " + bit)
                        .isFalse();
            } catch (MalformedException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void onlyTheProfileIsRead() {
        byte[] encoded = message.encode();
        byte[] untagged = Arrays.copyOfRange(encoded, 1, encoded.length);
        byte[] otherTag = new CborWriter().tag(98).encoded(untagged).toByteArray();

        refused(untagged, "COSE_Sign1: found an array, expected a tag");
        refused(otherTag, "COSE_Sign1: found tag 98, expected tag 18");
        refused(Arrays.copyOf(encoded, encoded.length + 1), "1 trailing bytes, expected none");
        refused(Arrays.copyOf(encoded, encoded.length - 1), "bytes left");
        refused(new byte[0], "found the end of the input");
        refused(
                new CborWriter().tag(18).array(3).bytes(HEADER).map(0).nil().toByteArray(),
                "found 3 elements, expected exactly 4");
        refused(message(HEADER, 63), "signature: found 63 bytes, expected exactly 64");
        refused(message(HEADER, 65), "signature: found 65 bytes, expected exactly 64");
    }

    @Test
    void theHeaderIsExactlyAlgorithmAndKeyId() {
        refused(message(new byte[0], 64), "protected header: found the end of the input");
        refused(message(header("a0"), 64), "protected header is empty");
        refused(message(header("a10126"), 64), "protected header has no key id");
        refused(
                message(header("a1044801020304050607ff"), 64),
                "label of protected header: found 4");
        refused(message(header("a2012604420102"), 64), "key id: found 2 bytes, expected exactly 8");
        refused(message(header("a20126054801020304050607ff"), 64), "found 5, expected from 4 to 4");
        refused(
                message(header("a301260300044801020304050607ff"), 64),
                "found 3 pairs, expected at");
        refused(message(header("a20126044801020304050607ff00"), 64), "1 trailing bytes");
        refused(message(header("a20138220448010203040506070a"), 64), "algorithm is ES384 (-35)");
        refused(message(header("a1013823"), 64), "algorithm is ES512 (-36), expected ES256 (-7)");
        refused(message(header("a10127"), 64), "algorithm is EdDSA (-8)");
        refused(message(header("a1013a00010000"), 64), "algorithm is unknown (-65537)");
        refused(message(header("a10167756e6b6e6f776e"), 64), "algorithm: found a text string");
        refused(message(new byte[65], 64), "found 65 bytes, expected at most 64");
    }

    @Test
    void anUnprotectedHeaderOrAMissingPayloadIsRefused() {
        byte[] signature = new byte[64];
        refused(
                new CborWriter()
                        .tag(18)
                        .array(4)
                        .bytes(HEADER)
                        .map(1)
                        .unsigned(4)
                        .bytes(new byte[8])
                        .bytes(PAYLOAD)
                        .bytes(signature)
                        .toByteArray(),
                "unprotected header: found 1 pairs, expected at most 0");
        refused(
                new CborWriter()
                        .tag(18)
                        .array(4)
                        .bytes(HEADER)
                        .map(0)
                        .nil()
                        .bytes(signature)
                        .toByteArray(),
                "payload: found null, expected a byte string");
    }

    @Test
    void thePayloadIsBounded() {
        byte[] most = new byte[Sign1.MAX_PAYLOAD_BYTES];
        byte[] tooMuch = new byte[Sign1.MAX_PAYLOAD_BYTES + 1];

        assertThat(Sign1.of(message.signer(), most, new byte[64]).payload()).isEqualTo(most);
        assertThatThrownBy(() -> Sign1.of(message.signer(), tooMuch, new byte[64]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payload has 1048577 bytes, at most 1048576");
        assertThatThrownBy(() -> Sign1.of(message.signer(), most, new byte[65]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signature has 65 bytes, not 64");
        refused(
                new CborWriter()
                        .tag(18)
                        .array(4)
                        .bytes(HEADER)
                        .map(0)
                        .bytes(tooMuch)
                        .bytes(new byte[64])
                        .toByteArray(),
                "payload: found 1048577 bytes, expected at most 1048576");
    }

    @Test
    void randomBytesAreRefusedAndNeverWorse() {
        byte[] encoded = message.encode();
        Seeds.forAll(
                5_000,
                random -> {
                    byte[] data = Arrays.copyOf(encoded, random.nextInt(encoded.length + 20));
                    for (int i = random.nextInt(4); i >= 0 && data.length > 0; i--) {
                        data[random.nextInt(data.length)] = (byte) random.nextInt();
                    }
                    try {
                        assertThat(Sign1.decode(data).encode()).isEqualTo(data);
                    } catch (MalformedException refused) {
                        assertThat(refused.getMessage()).isNotBlank();
                    }
                });
    }

    private static byte[] header(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] message(byte[] header, int signatureBytes) {
        return new CborWriter()
                .tag(18)
                .array(4)
                .bytes(header)
                .map(0)
                .bytes(PAYLOAD)
                .bytes(new byte[signatureBytes])
                .toByteArray();
    }

    private static void refused(byte[] encoded, String words) {
        assertThatThrownBy(() -> Sign1.decode(encoded))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(words);
    }
}
