package energy.cryptometer.ledger.key;

import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/// A point of P-256 that has been checked to lie on the curve and not to be infinity; the cofactor
/// is 1, so nothing more is asked (SP 800-186). Keep and reuse the object: after some verifications
/// it makes itself a table of 16 kB, with which each later one takes a third less time. The table
/// goes with the object, so a key that is read for one message costs no memory.
public final class PublicKey {
    /// Length of the compressed form of SEC 1, in bytes.
    public static final int COMPRESSED_BYTES = 33;

    /// Length of the uncompressed form of SEC 1, in bytes.
    public static final int UNCOMPRESSED_BYTES = 65;

    /// From here on a table is sure to pay: by then it would have saved what it costs.
    private static final int USES_WITHOUT_TABLE = 50;

    private final ECPublicKeyParameters parameters;
    private final byte[] compressed;
    private final Hash fingerprint;
    private final KeyId id;

    /// Counted without a lock: a use that is lost makes the table a little later, and two threads
    /// that make it at once make the same.
    private int uses;

    private volatile @Nullable CombTable table;

    private PublicKey(ECPoint point) {
        parameters = new ECPublicKeyParameters(point, P256Domain.DOMAIN);
        compressed = parameters.getQ().getEncoded(true);
        fingerprint = Hash.sha256(compressed);
        id = KeyId.of(Arrays.copyOf(fingerprint.toBytes(), KeyId.BYTES));
    }

    /// Reads a point in SEC 1 form: 33 bytes that start with 2 or 3, or 65 bytes that start with 4.
    ///
    /// @throws MalformedException if the form is another one, a coordinate is not below p, or the
    ///   point is not on the curve
    public static PublicKey of(byte[] encoded) throws MalformedException {
        int form = encoded.length == 0 ? -1 : encoded[0];
        boolean known =
                switch (encoded.length) {
                    case COMPRESSED_BYTES -> form == 2 || form == 3;
                    case UNCOMPRESSED_BYTES -> form == 4;
                    default -> false;
                };
        if (!known) {
            throw new MalformedException(
                    "public key",
                    encoded.length + " bytes that start with " + form,
                    "33 that start with 2 or 3, or 65 that start with 4",
                    0);
        }
        try {
            return new PublicKey(P256Domain.DOMAIN.getCurve().decodePoint(encoded));
        } catch (IllegalArgumentException e) {
            MalformedException refusal =
                    new MalformedException("public key", "no point", "a point of P-256", 0);
            refusal.initCause(e);
            throw refusal;
        }
    }

    static PublicKey ofPoint(ECPoint point) {
        return new PublicKey(point.normalize());
    }

    /// The 33 bytes of the compressed form: the form that is hashed, stored and sent.
    public byte[] compressed() {
        return compressed.clone();
    }

    /// The 65 bytes of the uncompressed form, which some tokens and libraries ask for.
    public byte[] uncompressed() {
        return parameters.getQ().getEncoded(false);
    }

    /// The first 8 bytes of the fingerprint.
    public KeyId id() {
        return id;
    }

    /// SHA-256 of the compressed form.
    public Hash fingerprint() {
        return fingerprint;
    }

    ECPublicKeyParameters parameters() {
        return parameters;
    }

    /// The key's comb table, once the key has been used often.
    Optional<CombTable> table() {
        CombTable known = table;
        if (known == null && ++uses > USES_WITHOUT_TABLE) {
            known = CombTable.of(parameters.getQ());
            table = known;
        }
        return Optional.ofNullable(known);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublicKey key && Arrays.equals(compressed, key.compressed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(compressed);
    }

    /// The fingerprint in hexadecimal.
    @Override
    public String toString() {
        return fingerprint.toString();
    }
}
