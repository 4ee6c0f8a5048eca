package energy.cryptometer.hal.key;

import static energy.cryptometer.hal.key.KeyException.Reason.DEVICE_ERROR;
import static energy.cryptometer.hal.key.KeyException.Reason.KEY_EXISTS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// Writes a new trial key into a new PKCS#12 file.
final class Pkcs12File {
    static final String ALIAS = "cryptometer-trial";

    private static final Instant NOT_BEFORE = Instant.parse("2000-01-01T00:00:00Z");

    /// The date that means "no expiry" (RFC 5280, 4.1.2.5).
    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    private Pkcs12File() {}

    static void create(Path file, char[] password) {
        // Asked before the key is made, and again by the file system when the file is.
        if (Files.exists(file)) {
            throw exists(file, null);
        }
        try {
            write(file, encodedNewKey(password));
        } catch (FileAlreadyExistsException raced) {
            throw exists(file, raced);
        } catch (IOException | GeneralSecurityException | OperatorCreationException problem) {
            throw new KeyException(
                    DEVICE_ERROR,
                    "Key file %s cannot be written (%s): check the folder and its free space."
                            .formatted(file, problem.getMessage()),
                    problem);
        }
    }

    private static KeyException exists(Path file, @Nullable Exception cause) {
        return new KeyException(
                KEY_EXISTS,
                "Key file " + file + " exists and is not overwritten: choose another name.",
                cause);
    }

    private static byte[] encodedNewKey(char[] password)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                ALIAS, pair.getPrivate(), password, new Certificate[] {certificateFor(pair)});
        var encoded = new ByteArrayOutputStream();
        store.store(encoded, password);
        return encoded.toByteArray();
    }

    private static Certificate certificateFor(KeyPair pair)
            throws GeneralSecurityException, OperatorCreationException {
        var name = new X500Name("CN=cryptometer trial key");
        var serial = new BigInteger(127, new SecureRandom()).add(BigInteger.ONE);
        var builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        serial,
                        Date.from(NOT_BEFORE),
                        Date.from(NEVER),
                        name,
                        pair.getPublic());
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static void write(Path file, byte[] content) throws IOException {
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, ownerOnly)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException raced) {
            throw raced;
        } catch (IOException problem) {
            Files.deleteIfExists(file);
            throw problem;
        }
    }
}
