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

/// What both key holders need to know of the curve P-256 (secp256r1, FIPS 186-5).
public final class P256 {
    private static final byte[] ENCODED_NAME = {
        0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07
    };

    private P256() {}

    /// The curve's name as PKCS#11 and X.509 write it: the DER encoding of object identifier
    /// 1.2.840.10045.3.1.7 (RFC 5480, 2.1.1.1).
    public static byte[] encodedName() {
        return ENCODED_NAME.clone();
    }

    /// Says whether the bytes are an uncompressed point on the curve, not the point at infinity.
    public static boolean isPoint(byte[] point) {
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
    public static PublicKey publicKey(byte[] point) {
        if (!isPoint(point)) {
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
    public static byte[] point(PublicKey key) {
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
        return named && isPoint(point) ? point : new byte[0];
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
            verifier.initVerify(publicKey(point));
            verifier.update(digest);
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
