package energy.cryptometer.ledger.vrf;

import energy.cryptometer.ledger.hash.Hash;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/// The public key of a [VrfSecretKey]: a point of P-256, compressed, 33 bytes.
public final class VrfPublicKey {

    /// The length of every public key, in bytes.
    public static final int BYTES = P256Points.POINT_BYTES;

    private final byte[] bytes;
    private final ECPoint point;

    private VrfPublicKey(byte[] owned, ECPoint point) {
        this.bytes = owned;
        this.point = point;
    }

    /// Decodes exactly 33 bytes. Another length, or bytes that are no point of the curve, is an
    /// `IllegalArgumentException`; this is the full key validation of RFC 9381 section 5.4.5, as
    /// infinity has no such encoding.
    public static VrfPublicKey of(byte[] bytes) {
        byte[] owned = bytes.clone();
        return P256Points.decode(owned)
                .map(point -> new VrfPublicKey(owned, point))
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "a VRF public key is a compressed point of P-256, "
                                        + BYTES
                                        + " bytes; these "
                                        + owned.length
                                        + " bytes are none"));
    }

    static VrfPublicKey of(ECPoint point) {
        return new VrfPublicKey(P256Points.encode(point), point);
    }

    /// Checks a proof for the input alpha, RFC 9381 section 5.3.
    ///
    /// Gives beta, 32 bytes, which is the same for every true proof of this key and alpha; nothing
    /// where the proof is not true. A proof made with the nonce 0, or with one that cancels itself
    /// out, so that U or V is infinity, is not taken: RFC 9381 gives infinity no 33 bytes.
    public Optional<Hash> verify(VrfProof proof, byte[] alpha) {
        return Suite.encodeToCurve(bytes, alpha)
                .filter(h -> challengeIsMet(proof, h))
                .map(_ -> Suite.output(proof.gamma()));
    }

    private boolean challengeIsMet(VrfProof proof, ECPoint h) {
        BigInteger c = proof.c();
        ECPoint u = P256Points.baseMinus(proof.s(), point, c);
        ECPoint v = P256Points.minus(h, proof.s(), proof.gamma(), c);
        return !u.isInfinity()
                && !v.isInfinity()
                && Suite.challenge(point, h, proof.gamma(), u, v).equals(c);
    }

    /// A fresh copy of the 33 bytes.
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VrfPublicKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The key in lowercase hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
