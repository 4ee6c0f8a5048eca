package energy.cryptometer.ledger.cose;

import static org.assertj.core.api.Assertions.assertThat;

import com.authlete.cbor.CBORDecoder;
import com.authlete.cbor.CBORTaggedItem;
import com.authlete.cose.COSEProtectedHeader;
import com.authlete.cose.COSEProtectedHeaderBuilder;
import com.authlete.cose.COSESign;
import com.authlete.cose.COSESign1;
import com.authlete.cose.COSESign1Builder;
import com.authlete.cose.COSESignBuilder;
import com.authlete.cose.COSESignature;
import com.authlete.cose.COSESigner;
import com.authlete.cose.COSEUnprotectedHeaderBuilder;
import com.authlete.cose.COSEVerifier;
import com.authlete.cose.SigStructureBuilder;
import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.SoftwareSigner;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// An independent COSE library, which signs and verifies with the JDK, agrees with ours.
class AuthleteTest {

    @Test
    void itVerifiesTheMessagesThatWeSign() {
        Seeds.forAll(
                40,
                random -> {
                    SoftwareSigner signer = Keys.random(random);
                    byte[] aad = bytes(random, 40);
                    Sign1 ours = Sign1.sign(signer, bytes(random, 300), aad);
                    COSEVerifier verifier = new COSEVerifier(jdkKey(signer.publicKey()));

                    COSESign1 theirs = sign1(ours.encode());
                    assertThat(verifier.verify(theirs, aad)).isTrue();
                    assertThat(verifier.verify(theirs, bytes(random, 40))).isFalse();
                    assertThat(
                                    new COSEVerifier(jdkKey(Keys.random(random).publicKey()))
                                            .verify(theirs, aad))
                            .isFalse();
                });
    }

    @Test
    void weVerifyTheMessagesThatItSigns() {
        Seeds.forAll(
                40,
                random -> {
                    byte[] secret = bytes(random, 32);
                    secret[0] &= 0x7f;
                    PublicKey key = Es256.signer(secret).publicKey();
                    byte[] aad = bytes(random, 40);
                    byte[] payload = bytes(random, 300);
                    COSEProtectedHeader header = header(key);
                    byte[] either =
                            new COSESigner(jdkKey(secret))
                                    .sign(
                                            new SigStructureBuilder()
                                                    .signature1()
                                                    .bodyAttributes(header)
                                                    .externalData(aad)
                                                    .payload(payload)
                                                    .build(),
                                            -7);
                    COSESign1 theirs =
                            new COSESign1Builder()
                                    .protectedHeader(header)
                                    .unprotectedHeader(new COSEUnprotectedHeaderBuilder().build())
                                    .payload(payload)
                                    .signature(Es256.lowS(either))
                                    .build();

                    Sign1 ours = Sign1.decode(theirs.getTagged().encode());
                    assertThat(ours.verify(key, aad).isValid()).isTrue();
                    assertThat(ours.payload()).isEqualTo(payload);
                    assertThat(ours.encode()).isEqualTo(theirs.getTagged().encode());
                });
    }

    /// The payload is put in for it: it cannot be told a detached one.
    @Test
    void itVerifiesEachOfManySigners() {
        Seeds.forAll(
                20,
                random -> {
                    byte[] aad = bytes(random, 40);
                    byte[] payload = bytes(random, 60);
                    List<SoftwareSigner> nodes = Keys.ascending(3, random.nextLong());
                    Sign ours =
                            Sign.of(
                                    nodes.stream()
                                            .map(n -> SignerSignature.sign(n, payload, aad))
                                            .toList());

                    COSESign detached =
                            COSESign.build(
                                    ((CBORTaggedItem) untyped(ours.encode())).getTagContent());
                    COSESignBuilder builder =
                            new COSESignBuilder()
                                    .protectedHeader(detached.getProtectedHeader())
                                    .unprotectedHeader(detached.getUnprotectedHeader())
                                    .payload(payload);
                    for (Object signature : detached.getSignatures().getItems()) {
                        builder.signature((COSESignature) signature);
                    }
                    COSESign theirs = builder.build();
                    for (int i = 0; i < nodes.size(); i++) {
                        COSEVerifier verifier = new COSEVerifier(jdkKey(nodes.get(i).publicKey()));
                        COSESignature signature =
                                (COSESignature) theirs.getSignatures().getItems().get(i);
                        assertThat(verifier.verify(theirs, signature, aad)).isTrue();
                        assertThat(verifier.verify(theirs, signature, payload)).isFalse();
                    }
                });
    }

    private static Object untyped(byte[] encoded) throws Exception {
        return new CBORDecoder(encoded).next();
    }

    private static COSESign1 sign1(byte[] encoded) throws Exception {
        return COSESign1.build(((CBORTaggedItem) untyped(encoded)).getTagContent());
    }

    private static COSEProtectedHeader header(PublicKey key) {
        return new COSEProtectedHeaderBuilder().alg(-7).kid(key.id().toBytes()).build();
    }

    private static byte[] bytes(RandomGenerator random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static ECPublicKey jdkKey(PublicKey key) throws GeneralSecurityException {
        byte[] point = key.uncompressed();
        ECPoint w = new ECPoint(new BigInteger(1, point, 1, 32), new BigInteger(1, point, 33, 32));
        return (ECPublicKey)
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(w, curve()));
    }

    private static ECPrivateKey jdkKey(byte[] secret) throws GeneralSecurityException {
        return (ECPrivateKey)
                KeyFactory.getInstance("EC")
                        .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, secret), curve()));
    }

    private static ECParameterSpec curve() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }
}
