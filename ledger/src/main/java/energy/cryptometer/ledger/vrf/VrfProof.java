package energy.cryptometer.ledger.vrf;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/// A proof pi of RFC 9381 section 5.5: 33 bytes Gamma, 16 bytes c, 32 bytes s.
///
/// A proof that decodes is not yet true: see [VrfPublicKey#verify]. Proofs are not unique, since
/// the holder of the key may draw any nonce; only the output beta is. So nothing may be derived
/// from a proof but its beta.
public final class VrfProof {

    /// The length of every proof, in bytes.
    public static final int BYTES =
            P256Points.POINT_BYTES + Suite.CHALLENGE_BYTES + P256Points.SCALAR_BYTES;

    private static final int C_AT = P256Points.POINT_BYTES;
    private static final int S_AT = C_AT + Suite.CHALLENGE_BYTES;

    private final byte[] bytes;
    private final ECPoint gamma;
    private final BigInteger c;
    private final BigInteger s;

    private VrfProof(byte[] owned) {
        this.bytes = owned;
        this.gamma =
                P256Points.decode(Arrays.copyOf(owned, P256Points.POINT_BYTES))
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "Gamma of the VRF proof is no point of P-256"));
        this.c = BigIntegers.fromUnsignedByteArray(owned, C_AT, Suite.CHALLENGE_BYTES);
        this.s = BigIntegers.fromUnsignedByteArray(owned, S_AT, P256Points.SCALAR_BYTES);
        if (s.compareTo(P256Points.ORDER) >= 0) {
            throw new IllegalArgumentException(
                    "s of the VRF proof is not below the order of P-256: " + s.toString(16));
        }
    }

    /// Decodes exactly 81 bytes. Another length, a Gamma that is no compressed point of the curve,
    /// or s not below the order is an `IllegalArgumentException`.
    public static VrfProof of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "a VRF proof has " + BYTES + " bytes, not " + bytes.length);
        }
        return new VrfProof(bytes.clone());
    }

    static VrfProof of(ECPoint gamma, BigInteger c, BigInteger s) {
        byte[] bytes = new byte[BYTES];
        System.arraycopy(P256Points.encode(gamma), 0, bytes, 0, P256Points.POINT_BYTES);
        BigIntegers.asUnsignedByteArray(c, bytes, C_AT, Suite.CHALLENGE_BYTES);
        BigIntegers.asUnsignedByteArray(s, bytes, S_AT, P256Points.SCALAR_BYTES);
        return new VrfProof(bytes);
    }

    /// A fresh copy of the 81 bytes.
    public byte[] toBytes() {
        return bytes.clone();
    }

    ECPoint gamma() {
        return gamma;
    }

    BigInteger c() {
        return c;
    }

    BigInteger s() {
        return s;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VrfProof proof && Arrays.equals(bytes, proof.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The proof in lowercase hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
