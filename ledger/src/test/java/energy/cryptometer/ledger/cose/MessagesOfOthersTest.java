package energy.cryptometer.ledger.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Vectors;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.key.PublicKey;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The signed messages of the COSE working group's example collection: those with ES256 verify,
/// those made to fail do not, those with another algorithm are refused by its name.
class MessagesOfOthersTest {

    @Test
    void messagesWithEs256VerifyAndAllOthersAreRefused() throws MalformedException {
        int judged = 0;
        for (Path file : Vectors.jsonFilesIn("cose")) {
            Example example = new Example(Vectors.json(file));
            if (!example.isSignature()) {
                continue;
            }
            judged++;
            if (example.isMadeToFail()) {
                assertThat(example.refusals(example.message()))
                        .as(file.toString())
                        .anyMatch(refusal -> !refusal.isEmpty());
            } else {
                assertJudgedByAlgorithm(file.toString(), example);
            }
        }
        assertThat(judged).as("signed messages").isPositive();
    }

    private static void assertJudgedByAlgorithm(String file, Example example)
            throws MalformedException {
        List<Signer> signers = example.signers();
        List<String> refusals = example.refusals(example.message());
        assertThat(refusals).as(file).hasSameSizeAs(signers);
        for (int i = 0; i < signers.size(); i++) {
            Signer signer = signers.get(i);
            if (signer.algorithm().equals("ES256")) {
                assertThat(refusals.get(i)).as(file).isEmpty();
                byte[] signed =
                        ForeignSignature.allIn(example.message())
                                .get(i)
                                .signedBytes(signer.externalAad());
                assertThat(signer.toBeSigned().orElse(signed)).as(file).isEqualTo(signed);
            } else {
                assertThat(refusals.get(i)).as(file).contains("expected ES256 (-7)");
                if (signer.algorithm().startsWith("ES")) {
                    assertThat(refusals.get(i)).as(file).contains(signer.algorithm());
                }
            }
        }
    }

    @Test
    void aChangedBitIsNoticedWhereverItIsSigned() throws MalformedException {
        for (Path file : Vectors.jsonFilesIn("cose")) {
            Example example = new Example(Vectors.json(file));
            if (!example.isSignature()
                    || !example.refusals(example.message()).equals(List.of(""))) {
                continue;
            }
            byte[] aad = example.signers().getFirst().externalAad();
            ForeignSignature original = ForeignSignature.allIn(example.message()).getFirst();
            for (int bit = 0; bit < 8 * example.message().length; bit++) {
                byte[] changed = example.message();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                if (!example.refusals(changed).equals(List.of(""))) {
                    continue;
                }
                // Accepted: then the change lies outside of what is signed.
                ForeignSignature read = ForeignSignature.allIn(changed).getFirst();
                assertThat(read.signedBytes(aad)).isEqualTo(original.signedBytes(aad));
                assertThat(read.signature()).isEqualTo(original.signature());
            }
        }
    }

    @Test
    void ourOwnProfileRefusesThemAll() {
        for (Path file : Vectors.jsonFilesIn("cose")) {
            Example example = new Example(Vectors.json(file));
            if (example.isSignature()) {
                assertThatThrownBy(() -> Sign1.decode(example.message()))
                        .isInstanceOf(MalformedException.class);
                assertThatThrownBy(() -> Sign.decode(example.message()))
                        .isInstanceOf(MalformedException.class);
            }
        }
    }

    /// One file of the collection.
    private record Example(Object json) {
        boolean isSignature() {
            return at(json, "input", "sign0").isPresent() || at(json, "input", "sign").isPresent();
        }

        boolean isMadeToFail() {
            return at(json, "fail").equals(Optional.of(true));
        }

        byte[] message() {
            return hex(at(json, "output", "cbor"));
        }

        List<Signer> signers() {
            Optional<Object> one = at(json, "input", "sign0");
            if (one.isPresent()) {
                return List.of(new Signer(one.get(), at(json, "intermediates", "ToBeSign_hex")));
            }
            List<?> signers = (List<?>) at(json, "input", "sign", "signers").orElseThrow();
            List<?> inputs = (List<?>) at(json, "intermediates", "signers").orElse(List.of());
            return Stream.iterate(0, i -> i < signers.size(), i -> i + 1)
                    .map(i ->
                            new Signer(
                                    signers.get(i),
                                    i < inputs.size()
                                            ? at(inputs.get(i), "ToBeSign_hex")
                                            : Optional.empty()))
                    .toList();
        }

        /// For each signature why it is refused, empty if it is valid; one refusal if no signature
        /// can be found at all.
        List<String> refusals(byte[] message) {
            List<Signer> signers = signers();
            try {
                List<ForeignSignature> found = ForeignSignature.allIn(message);
                if (found.size() != signers.size()) {
                    return List.of(found.size() + " signatures of " + signers.size());
                }
                return Stream.iterate(0, i -> i < found.size(), i -> i + 1)
                        .map(i -> signers.get(i).refusal(found.get(i)))
                        .toList();
            } catch (MalformedException refused) {
                return List.of(refused.toString());
            }
        }
    }

    /// What the file says about one signature.
    private record Signer(Object json, Optional<Object> input) {
        String algorithm() {
            return Stream.of(at(json, "protected", "alg"), at(json, "unprotected", "alg"))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .or(() -> at(json, "alg"))
                    .orElse("none")
                    .toString();
        }

        byte[] externalAad() {
            return at(json, "external").map(aad -> hex(Optional.of(aad))).orElse(new byte[0]);
        }

        Optional<byte[]> toBeSigned() {
            return input.map(digits -> hex(Optional.of(digits)));
        }

        String refusal(ForeignSignature signature) {
            try {
                signature.requireEs256();
                byte[] point = new byte[65];
                point[0] = 4;
                copy(coordinate("x"), point, 1);
                copy(coordinate("y"), point, 33);
                var verdict = signature.verify(PublicKey.of(point), externalAad());
                return verdict.isValid() ? "" : verdict.sentence();
            } catch (MalformedException refused) {
                return refused.toString();
            }
        }

        private byte[] coordinate(String name) {
            return at(json, "key", name)
                    .map(text -> Base64.getUrlDecoder().decode(text.toString()))
                    .orElseGet(() -> hex(at(json, "key", name + "_hex")));
        }

        private static void copy(byte[] coordinate, byte[] point, int offset)
                throws MalformedException {
            if (coordinate.length != 32) {
                throw new MalformedException("coordinate of " + coordinate.length + " bytes");
            }
            System.arraycopy(coordinate, 0, point, offset, 32);
        }
    }

    private static byte[] hex(Optional<Object> digits) {
        return HexFormat.of().parseHex(digits.orElseThrow().toString());
    }

    private static Optional<Object> at(Object json, String... path) {
        Object value = json;
        for (String name : path) {
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(name)) {
                return Optional.empty();
            }
            value = map.get(name);
        }
        return Optional.of(value);
    }
}
