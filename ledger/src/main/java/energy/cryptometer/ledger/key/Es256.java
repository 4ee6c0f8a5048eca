package energy.cryptometer.ledger.key;

import energy.cryptometer.ledger.hash.Hash;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.util.BigIntegers;

/// ES256 (RFC 9053, section 2.1): ECDSA on P-256 over SHA-256, 64 bytes r and s. Of the two s that
/// verify, only the lower is accepted, so nobody can change a signature on its way. Safe for
/// threads.
public final class Es256 {
    /// The length of every signature, in bytes.
    public static final int SIGNATURE_BYTES = 2 * P256Domain.SCALAR_BYTES;

    private Es256() {}

    /// Checks the length, then the range of r and s, then low-S, then the signature itself.
    ///
    /// @param message the whole message, not its hash
    public static SignatureVerdict verify(PublicKey key, byte[] message, byte[] signature) {
        return verify(key, Hash.sha256(message), signature);
    }

    /// The same for a caller that has the hash of the message already.
    ///
    /// @param digest SHA-256 of the whole message
    public static SignatureVerdict verify(PublicKey key, Hash digest, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return new SignatureVerdict.WrongLength(signature.length);
        }
        BigInteger r = r(signature);
        BigInteger s = s(signature);
        if (!P256Domain.isScalar(r) || !P256Domain.isScalar(s)) {
            return new SignatureVerdict.OutOfRange();
        }
        if (s.compareTo(P256Domain.HALF_ORDER) > 0) {
            return new SignatureVerdict.HighS();
        }
        byte[] bytes = digest.toBytes();
        boolean valid =
                key.table()
                        .map(table -> CombVerifier.verifies(table, bytes, r, s))
                        .orElseGet(() -> verifiesWithoutTable(key, bytes, r, s));
        return valid ? new SignatureVerdict.Valid() : new SignatureVerdict.Invalid();
    }

    static boolean verifiesWithoutTable(PublicKey key, byte[] digest, BigInteger r, BigInteger s) {
        ECDSASigner verifier = new ECDSASigner();
        verifier.init(false, key.parameters());
        return verifier.verifySignature(digest, r, s);
    }

    /// The same signature with the lower s, as a copy: for tokens and libraries that give either.
    /// Numbers out of range stay as they are, for `verify` to refuse.
    ///
    /// @throws IllegalArgumentException if the length is not 64 bytes
    public static byte[] lowS(byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            throw new IllegalArgumentException(
                    "a signature has " + SIGNATURE_BYTES + " bytes, not " + signature.length);
        }
        BigInteger s = s(signature);
        if (!P256Domain.isScalar(s) || s.compareTo(P256Domain.HALF_ORDER) <= 0) {
            return signature.clone();
        }
        return join(r(signature), P256Domain.ORDER.subtract(s));
    }

    /// A signer in software.
    ///
    /// @param scalar 32 bytes, a number in [1, n - 1]
    /// @throws IllegalArgumentException if it is not
    public static SoftwareSigner signer(byte[] scalar) {
        if (scalar.length != P256Domain.SCALAR_BYTES) {
            throw new IllegalArgumentException(
                    "a secret key has " + P256Domain.SCALAR_BYTES + " bytes, not " + scalar.length);
        }
        return new SoftwareSigner(new BigInteger(1, scalar));
    }

    /// A signer in software, see [#signer(byte[])].
    public static SoftwareSigner signer(BigInteger scalar) {
        return new SoftwareSigner(scalar);
    }

    static byte[] join(BigInteger r, BigInteger s) {
        byte[] signature = Arrays.copyOf(BigIntegers.asUnsignedByteArray(32, r), SIGNATURE_BYTES);
        System.arraycopy(BigIntegers.asUnsignedByteArray(32, s), 0, signature, 32, 32);
        return signature;
    }

    private static BigInteger r(byte[] signature) {
        return new BigInteger(1, signature, 0, P256Domain.SCALAR_BYTES);
    }

    private static BigInteger s(byte[] signature) {
        return new BigInteger(1, signature, P256Domain.SCALAR_BYTES, P256Domain.SCALAR_BYTES);
    }
}
