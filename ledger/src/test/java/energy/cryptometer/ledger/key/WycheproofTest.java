package energy.cryptometer.ledger.key;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.Vectors;
import energy.cryptometer.ledger.cbor.MalformedException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The signatures of project Wycheproof (C2SP) for P-256 and SHA-256 as r and s: edge cases of the
/// arithmetic, numbers out of range, short spellings. Valid ones may have either s there. Each is
/// judged with a key that has no table yet and with one that has.
class WycheproofTest {

    @Test
    void exactlyTheValidSignaturesAreAccepted() throws MalformedException {
        Object json =
                Vectors.json(Vectors.require("wycheproof/ecdsa_secp256r1_sha256_p1363_test.json"));
        int checked = 0;
        for (Object group : list(json, "testGroups")) {
            byte[] point = hex(get(get(group, "publicKey"), "uncompressed"));
            PublicKey often = keyWithTable(point);
            for (Object test : list(group, "tests")) {
                byte[] message = hex(get(test, "msg"));
                byte[] signature = hex(get(test, "sig"));
                boolean valid = get(test, "result").equals("valid");

                for (PublicKey key : List.of(PublicKey.of(point), often)) {
                    assertThat(accepted(key, message, signature))
                            .as(test.toString())
                            .isEqualTo(valid);
                    assertThat(Es256.verify(key, message, signature).isValid() && !valid)
                            .as(test.toString())
                            .isFalse();
                }
                checked++;
            }
        }
        assertThat(checked).isEqualTo(((Number) get(json, "numberOfTests")).intValue());
    }

    private static PublicKey keyWithTable(byte[] point) throws MalformedException {
        PublicKey key = PublicKey.of(point);
        Optional<CombTable> table = key.table();
        while (table.isEmpty()) {
            table = key.table();
        }
        return key;
    }

    private static boolean accepted(PublicKey key, byte[] message, byte[] signature) {
        byte[] spelling =
                signature.length == Es256.SIGNATURE_BYTES ? Es256.lowS(signature) : signature;
        return Es256.verify(key, message, spelling).isValid();
    }

    private static byte[] hex(Object digits) {
        return HexFormat.of().parseHex(digits.toString());
    }

    private static List<?> list(Object json, String name) {
        return (List<?>) get(json, name);
    }

    private static Object get(Object json, String name) {
        return Objects.requireNonNull(((Map<?, ?>) json).get(name), name);
    }
}
