package energy.cryptometer.command.key;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.key.KeyKind;
import energy.cryptometer.hal.key.SigningKey;
import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.SignatureVerdict;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeySignerTest {
    /// A key of the platform, which gives high and low S as chance has it.
    record PlatformKey(KeyPair pair) implements SigningKey {
        static PlatformKey generate() throws GeneralSecurityException {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new PlatformKey(generator.generateKeyPair());
        }

        @Override
        public byte[] publicPoint() {
            byte[] encoded = ((ECPublicKey) pair.getPublic()).getEncoded();
            return Arrays.copyOfRange(encoded, encoded.length - POINT_LENGTH, encoded.length);
        }

        @Override
        public byte[] sign(byte[] digest) {
            try {
                Signature signature = Signature.getInstance("NONEwithECDSAinP1363Format");
                signature.initSign(pair.getPrivate());
                signature.update(digest);
                return signature.sign();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public KeyKind kind() {
            return KeyKind.TRIAL;
        }

        @Override
        public String description() {
            return "platform key";
        }

        @Override
        public void close() {}
    }

    @Test
    void everySignatureOfTheKeyBecomesOneTheLedgerTakes() throws GeneralSecurityException {
        try (var signer = new KeySigner(PlatformKey.generate())) {
            for (int i = 0; i < 20; i++) {
                byte[] message = ("message " + i).getBytes(StandardCharsets.US_ASCII);
                byte[] signature = signer.sign(message);
                assertThat(Es256.verify(signer.publicKey(), message, signature))
                        .as(HexFormat.of().formatHex(signature))
                        .isEqualTo(new SignatureVerdict.Valid());
            }
            assertThat(signer.kind()).isEqualTo(KeyKind.TRIAL);
            assertThat(signer).hasToString("platform key");
        }
    }
}
