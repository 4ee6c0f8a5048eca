package energy.cryptometer.ledger.cose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.key.SoftwareSigner;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignTest {
    private static final byte[] AAD = "certificate of a community".getBytes(UTF_8);
    private static final byte[] PAYLOAD = "a vote".getBytes(UTF_8);

    private final List<SoftwareSigner> nodes = Keys.ascending(4, 1);
    private final List<SignerSignature> signatures =
            nodes.stream().map(node -> SignerSignature.sign(node, PAYLOAD, AAD)).toList();
    private final Sign message = Sign.of(signatures);

    @Test
    void aMessageSurvivesItsEncoding() throws MalformedException {
        Sign read = Sign.decode(message.encode());

        assertThat(read).isEqualTo(message).hasSameHashCodeAs(message);
        assertThat(read.encode()).isEqualTo(message.encode());
        assertThat(read.signatures()).isEqualTo(signatures);
        assertThat(read).hasToString("COSE_Sign of 4 signers");
        for (int i = 0; i < nodes.size(); i++) {
            SignerSignature signature = read.signatures().get(i);
            assertThat(signature.signer()).isEqualTo(nodes.get(i).publicKey().id());
            assertThat(signature.verify(nodes.get(i).publicKey(), PAYLOAD, AAD))
                    .isEqualTo(new SignatureVerdict.Valid());
        }
    }

    @Test
    void theBytesAreThoseOfRfc9052() {
        KeyId id = KeyId.of(HexFormat.of().parseHex("0102030405060708"));
        Sign sign = Sign.of(List.of(SignerSignature.of(id, new byte[64])));

        assertThat(HexFormat.of().formatHex(sign.encode()))
                .isEqualTo("d8628440a0f681834da2012604480102030405060708a05840" + "00".repeat(64));
        assertThat(
                        HexFormat.of()
                                .formatHex(Sign.signatureInput(id, new byte[] {7}, new byte[] {9})))
                .isEqualTo("85695369676e6174757265404da201260448010203040506070841094107");
    }

    @Test
    void aSignatureCoversSignerPayloadAndExternalData() {
        SignerSignature first = signatures.getFirst();
        SoftwareSigner node = nodes.getFirst();
        SignatureVerdict invalid = new SignatureVerdict.Invalid();

        assertThat(first.verify(node.publicKey(), AAD, AAD)).isEqualTo(invalid);
        assertThat(first.verify(node.publicKey(), PAYLOAD, PAYLOAD)).isEqualTo(invalid);
        assertThat(first.verify(nodes.getLast().publicKey(), PAYLOAD, AAD)).isEqualTo(invalid);
        SignerSignature relabelled =
                SignerSignature.of(nodes.getLast().publicKey().id(), first.signature());
        assertThat(relabelled.verify(node.publicKey(), PAYLOAD, AAD)).isEqualTo(invalid);
        assertThat(relabelled.verify(nodes.getLast().publicKey(), PAYLOAD, AAD)).isEqualTo(invalid);
        // A signature for COSE_Sign1 says nothing in COSE_Sign.
        KeyId id = first.signer();
        byte[] purpose = node.sign(Sign1.signatureInput(id, PAYLOAD, AAD));
        assertThat(SignerSignature.of(id, purpose).verify(node.publicKey(), PAYLOAD, AAD))
                .isEqualTo(invalid);
    }

    @Test
    void noSignerStandsTwiceOrOutOfOrder() {
        List<SignerSignature> swapped = List.of(signatures.get(1), signatures.get(0));
        List<SignerSignature> twice = List.of(signatures.get(0), signatures.get(0));

        for (List<SignerSignature> bad : List.of(swapped, twice)) {
            assertThatThrownBy(() -> Sign.of(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "signer %s after %s, expected ascending key ids",
                            bad.get(1).signer(), bad.get(0).signer());
            refused(encode(bad), "expected ascending key ids");
        }
    }

    @Test
    void oneToTwoHundredSignaturesAreRead() throws MalformedException {
        List<SignerSignature> many =
                IntStream.range(0, 201)
                        .mapToObj(i -> ByteBuffer.allocate(8).putLong(i).array())
                        .map(id -> SignerSignature.of(KeyId.of(id), new byte[64]))
                        .toList();
        List<SignerSignature> most = many.subList(0, 200);

        assertThat(Sign.decode(Sign.of(most).encode()).signatures()).isEqualTo(most);
        assertThatThrownBy(() -> Sign.of(many))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("201 signatures, expected 1 to 200");
        refused(encode(many), "signatures: found 201 elements, expected at most 200");
        refused(encode(List.of()), "0 signatures, expected 1 to 200");
    }

    @Test
    void onlyTheProfileIsRead() {
        byte[] encoded = message.encode();
        byte[] untagged = Arrays.copyOfRange(encoded, 2, encoded.length);

        refused(untagged, "COSE_Sign: found an array, expected a tag");
        refused(
                new CborWriter().tag(18).encoded(untagged).toByteArray(),
                "COSE_Sign: found tag 18, expected tag 98");
        refused(Arrays.copyOf(encoded, encoded.length + 1), "1 trailing bytes, expected none");
        refused(Arrays.copyOf(encoded, encoded.length - 1), "bytes left");
        refused(
                new CborWriter()
                        .tag(98)
                        .array(4)
                        .bytes(new byte[] {(byte) 0xa0})
                        .map(0)
                        .nil()
                        .array(0)
                        .toByteArray(),
                "protected body header: found 1 bytes, expected exactly 0");
        refused(
                new CborWriter()
                        .tag(98)
                        .array(4)
                        .bytes(new byte[0])
                        .map(1)
                        .unsigned(4)
                        .bytes(new byte[8])
                        .nil()
                        .array(0)
                        .toByteArray(),
                "unprotected body header: found 1 pairs, expected at most 0");
        refused(
                new CborWriter()
                        .tag(98)
                        .array(4)
                        .bytes(new byte[0])
                        .map(0)
                        .bytes(PAYLOAD)
                        .array(0)
                        .toByteArray(),
                "payload of COSE_Sign is a byte string, expected null: it is detached");
    }

    @Test
    void eachSignerHasTheSameHeaderAsInSign1() {
        refusedSigner("a1013822", 64, false, "algorithm is ES384 (-35), expected ES256 (-7)");
        refusedSigner("a10126", 64, false, "protected header has no key id");
        refusedSigner("a2012604480102030405060708", 63, false, "signature: found 63 bytes");
        refusedSigner("a2012604480102030405060708", 64, true, "unprotected header: found 1 pairs");
    }

    @Test
    void everySingleChangedBitIsNoticed() {
        byte[] encoded = Sign.of(signatures.subList(0, 1)).encode();
        for (int bit = 0; bit < 8 * encoded.length; bit++) {
            byte[] changed = encoded.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                SignerSignature read = Sign.decode(changed).signatures().getFirst();
                assertThat(read.verify(nodes.getFirst().publicKey(), PAYLOAD, AAD).isValid())
                        .as("bit " + bit)
                        .isFalse();
            } catch (MalformedException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void signaturesAreSixtyFourBytesCopied() {
        SignerSignature first = signatures.getFirst();
        first.signature()[0] ^= 1;

        assertThat(first.verify(nodes.getFirst().publicKey(), PAYLOAD, AAD).isValid()).isTrue();
        assertThat(first).isEqualTo(SignerSignature.of(first.signer(), first.signature()));
        assertThat(first).hasToString("signature of key " + first.signer());
        assertThatThrownBy(() -> SignerSignature.of(first.signer(), new byte[70]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signature has 70 bytes, not 64");
    }

    /// What `Sign.encode` writes, without the checks of `Sign.of`.
    private static byte[] encode(List<SignerSignature> signatures) {
        CborWriter writer = new CborWriter().tag(98).array(4).bytes(new byte[0]).map(0).nil();
        writer.array(signatures.size());
        for (SignerSignature signature : signatures) {
            writer.array(3)
                    .bytes(SignerHeader.encode(signature.signer()))
                    .map(0)
                    .bytes(signature.signature());
        }
        return writer.toByteArray();
    }

    private static void refusedSigner(
            String header, int signatureBytes, boolean unprotected, String words) {
        CborWriter writer =
                new CborWriter().tag(98).array(4).bytes(new byte[0]).map(0).nil().array(1).array(3);
        writer.bytes(HexFormat.of().parseHex(header));
        if (unprotected) {
            writer.map(1).unsigned(4).bytes(new byte[8]);
        } else {
            writer.map(0);
        }
        refused(writer.bytes(new byte[signatureBytes]).toByteArray(), words);
    }

    private static void refused(byte[] encoded, String words) {
        assertThatThrownBy(() -> Sign.decode(encoded))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(words);
    }
}
