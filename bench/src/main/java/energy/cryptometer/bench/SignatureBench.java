package energy.cryptometer.bench;

import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.key.SoftwareSigner;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// ECDSA P-256 with SHA-256 over 200 bytes: what a node does once for each pulse, by the ledger and
/// by the JDK's own provider.
@State(Scope.Benchmark)
public class SignatureBench {
    private final byte[] message = new byte[200];
    private final KeyPair pair = newKey();
    private final SoftwareSigner signer = Es256.signer(((ECPrivateKey) pair.getPrivate()).getS());
    private final byte[] signature = signer.sign(message);

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no P-256", e);
        }
    }

    /// With a key in memory, as in trials.
    @Benchmark
    public byte[] sign() {
        return signer.sign(message);
    }

    /// One signature.
    @Benchmark
    public SignatureVerdict verify() {
        return Es256.verify(signer.publicKey(), message, signature);
    }

    /// The same signature by the JDK.
    @Benchmark
    public boolean verifyByJdk() throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(pair.getPublic());
        verifier.update(message);
        return verifier.verify(signature);
    }
}
