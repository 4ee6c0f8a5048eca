package energy.cryptometer.ledger.cose;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.key.KeyId;

/// The protected header of everybody who signs: exactly `{1: -7, 4: kid}`, RFC 9052 section 3.1,
/// with a kid of 8 bytes.
final class SignerHeader {
    /// Longest header that is read at all, in bytes; ours has 13.
    static final int MAX_BYTES = 64;

    private static final int LABEL_ALGORITHM = 1;
    private static final int LABEL_KEY_ID = 4;
    private static final int ES256 = -7;

    private SignerHeader() {}

    static byte[] encode(KeyId signer) {
        return new CborWriter()
                .map(2)
                .unsigned(LABEL_ALGORITHM)
                .integer(ES256)
                .unsigned(LABEL_KEY_ID)
                .bytes(signer.toBytes())
                .toByteArray();
    }

    static KeyId decode(byte[] header) throws MalformedException {
        CborReader reader = new CborReader(header);
        int pairs = reader.map("protected header", 2);
        if (pairs == 0) {
            throw new MalformedException("protected header is empty, expected ES256 and a key id");
        }
        label(reader, LABEL_ALGORITHM);
        requireEs256(reader.integer("algorithm", Integer.MIN_VALUE, Integer.MAX_VALUE));
        if (pairs == 1) {
            throw new MalformedException("protected header has no key id, expected label 4");
        }
        label(reader, LABEL_KEY_ID);
        KeyId signer = KeyId.of(reader.bytesOf("key id", KeyId.BYTES));
        reader.end("protected header");
        return signer;
    }

    /// @throws MalformedException naming the algorithm, if it is another one
    static void requireEs256(long algorithm) throws MalformedException {
        if (algorithm != ES256) {
            throw new MalformedException(
                    "algorithm is " + name(algorithm) + ", expected ES256 (-7)");
        }
    }

    private static void label(CborReader reader, int expected) throws MalformedException {
        reader.integer("label of protected header", expected, expected);
    }

    /// Names of the IANA registry "COSE Algorithms" for signatures that other software makes.
    private static String name(long algorithm) {
        String name =
                switch ((int) algorithm) {
                    case -8 -> "EdDSA";
                    case -9 -> "ESP256";
                    case -19 -> "Ed25519";
                    case -35 -> "ES384";
                    case -36 -> "ES512";
                    case -37 -> "PS256";
                    case -38 -> "PS384";
                    case -39 -> "PS512";
                    case -46 -> "HSS-LMS";
                    case -47 -> "ES256K";
                    case -48 -> "ML-DSA-44";
                    case -257 -> "RS256";
                    default -> "unknown";
                };
        return name + " (" + algorithm + ")";
    }
}
