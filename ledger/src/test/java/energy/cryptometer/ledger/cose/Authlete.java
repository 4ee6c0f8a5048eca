package energy.cryptometer.ledger.cose;

import com.authlete.cbor.CBORDecoder;
import com.authlete.cbor.CBORTaggedItem;
import com.authlete.cose.COSESign;
import com.authlete.cose.COSESign1;
import com.authlete.cose.COSESignature;
import com.authlete.cose.COSEVerifier;
import energy.cryptometer.ledger.key.PublicKey;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;

/// Another project's opinion on our signatures; it verifies with the JDK.
public final class Authlete {
    private Authlete() {}

    /// Whether it takes the encoded COSE_Sign1 for one of this key over this external data.
    public static boolean verifies(byte[] sign1, PublicKey key, byte[] aad) throws Exception {
        COSESign1 theirs =
                COSESign1.build(((CBORTaggedItem) new CBORDecoder(sign1).next()).getTagContent());
        return new COSEVerifier(jdkKey(key)).verify(theirs, aad);
    }

    /// Whether it takes the one signature of an encoded COSE_Sign that carries its payload.
    public static boolean verifiesSign(byte[] sign, PublicKey key, byte[] aad) throws Exception {
        COSESign theirs =
                COSESign.build(((CBORTaggedItem) new CBORDecoder(sign).next()).getTagContent());
        COSESignature only = (COSESignature) theirs.getSignatures().getItems().getFirst();
        return new COSEVerifier(jdkKey(key)).verify(theirs, only, aad);
    }

    private static ECPublicKey jdkKey(PublicKey key) throws Exception {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        byte[] point = key.uncompressed();
        ECPoint w = new ECPoint(new BigInteger(1, point, 1, 32), new BigInteger(1, point, 33, 32));
        ECPublicKeySpec spec =
                new ECPublicKeySpec(w, curve.getParameterSpec(ECParameterSpec.class));
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
    }
}
