package energy.cryptometer.hal.key;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/// A public key on P-256 (secp256r1, FIPS 186-5) as its uncompressed point: what is one, how it
/// becomes a key of Java and back, and what it verifies.
public final class PublicPoint {
    private PublicPoint() {}

    /// Says whether the bytes are an uncompressed point on the curve, not the point at infinity.
    public static boolean isValid(byte[] point) {
        if (point.length != SigningKey.POINT_LENGTH || point[0] != 0x04) {
            return false;
        }
        var curve = CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1).getCurve();
        try {
            return curve.decodePoint(point).isValid();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// The public key of an uncompressed point.
    ///
    /// @throws IllegalArgumentException if it is not a point of the curve
    public static PublicKey toPublicKey(byte[] point) {
        if (!isValid(point)) {
            throw new IllegalArgumentException("not an uncompressed P-256 point");
        }
        var algorithm =
                new AlgorithmIdentifier(
                        X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
        try {
            byte[] encoded = new SubjectPublicKeyInfo(algorithm, point).getEncoded("DER");
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java has no P-256", impossible);
        }
    }

    /// The uncompressed point inside a P-256 public key, or an empty array for any other key.
    public static byte[] of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            return new byte[0];
        }
        SubjectPublicKeyInfo info;
        try {
            info = SubjectPublicKeyInfo.getInstance(encoded);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
        var algorithm = info.getAlgorithm();
        boolean named =
                X9ObjectIdentifiers.id_ecPublicKey.equals(algorithm.getAlgorithm())
                        && SECObjectIdentifiers.secp256r1.equals(algorithm.getParameters());
        byte[] point = info.getPublicKeyData().getBytes();
        return named && isValid(point) ? point : new byte[0];
    }

    /// Verifies a signature `r || s` over a digest of 32 bytes; s may be in either half.
    public static boolean verifies(byte[] point, byte[] digest, byte[] signature) {
        if (digest.length != SigningKey.DIGEST_LENGTH) {
            return false;
        }
        if (signature.length != SigningKey.SIGNATURE_LENGTH) {
            return false;
        }
        boolean zero =
                new BigInteger(1, Arrays.copyOfRange(signature, 0, 32)).signum() == 0
                        || new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)).signum() == 0;
        if (zero) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("NONEwithECDSAinP1363Format");
            verifier.initVerify(toPublicKey(point));
            verifier.update(digest);
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
