package energy.cryptometer.hal.key;

import static energy.cryptometer.hal.key.KeyException.Reason.DEVICE_ERROR;
import static energy.cryptometer.hal.key.KeyException.Reason.KEY_MISSING;
import static energy.cryptometer.hal.key.KeyException.Reason.TOKEN_MISSING;
import static energy.cryptometer.hal.key.KeyException.Reason.WRONG_PIN;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A P-256 key in a PKCS#12 file (RFC 7292). For trials only: a file can be copied, a token cannot.
public final class Pkcs12Key implements SigningKey {
    /// Largest key file in bytes; one key and its chain need about 2,000.
    public static final int MAX_FILE_LENGTH = 65_536;

    private final String description;
    private final byte[] point;
    private @Nullable PrivateKey key;

    private Pkcs12Key(Path file, String alias, PrivateKey key, byte[] point) {
        this.description =
                "trial key '"
                        + SanitizedText.of(alias)
                        + "' in PKCS#12 file "
                        + file.toAbsolutePath();
        this.key = key;
        this.point = point;
    }

    /// Opens a file that holds exactly one private key, on P-256, with its certificate.
    ///
    /// @throws KeyException TOKEN_MISSING without a file, WRONG_PIN, KEY_MISSING if it holds no
    ///   such key, PIN_UNAVAILABLE, DEVICE_ERROR if the file cannot be read
    public static Pkcs12Key open(Path file, PinSource pinSource) {
        try (Pin pin = pinSource.read()) {
            char[] password = pin.chars();
            try {
                return open(file, password);
            } finally {
                Arrays.fill(password, '\0');
            }
        }
    }

    /// As [#open(Path, PinSource)], with a password the caller wipes.
    public static Pkcs12Key open(Path file, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(contentOf(file)), password);
            String alias = onlyKeyIn(store, file);
            if (!(store.getKey(alias, password) instanceof PrivateKey key)) {
                throw noKey(file, "entry '" + SanitizedText.of(alias) + "' is no private key");
            }
            byte[] point = PublicPoint.of(store.getCertificate(alias).getPublicKey());
            if (point.length == 0) {
                throw noKey(file, "key '" + SanitizedText.of(alias) + "' is not on P-256");
            }
            var opened = new Pkcs12Key(file, alias, key, point);
            opened.prove(file);
            return opened;
        } catch (NoSuchFileException missing) {
            throw new KeyException(
                    TOKEN_MISSING,
                    "Key file " + file + " does not exist: create it or correct the path.",
                    missing);
        } catch (IOException problem) {
            throw problem.getCause() instanceof UnrecoverableKeyException
                    ? new KeyException(WRONG_PIN, "Key file " + file + " refused its password.")
                    : unreadable(file, problem);
        } catch (GeneralSecurityException problem) {
            throw unreadable(file, problem);
        }
    }

    /// Makes a new key in a new file with mode 0600 and opens it. The certificate beside it is
    /// self-signed, never expires, and only serves to carry the public key.
    ///
    /// @throws KeyException KEY_EXISTS if the file exists, PIN_UNAVAILABLE, DEVICE_ERROR if the
    ///   file cannot be written
    public static Pkcs12Key create(Path file, PinSource pinSource) {
        try (Pin pin = pinSource.read()) {
            char[] password = pin.chars();
            try {
                Pkcs12File.create(file, password);
                return open(file, password);
            } finally {
                Arrays.fill(password, '\0');
            }
        }
    }

    @Override
    public byte[] publicPoint() {
        return point.clone();
    }

    @Override
    public synchronized byte[] sign(byte[] digest) {
        if (digest.length != DIGEST_LENGTH) {
            throw new IllegalArgumentException(
                    "digest has " + digest.length + " bytes, not " + DIGEST_LENGTH);
        }
        if (key == null) {
            throw new IllegalStateException("key is closed: " + description);
        }
        try {
            Signature signer = Signature.getInstance("NONEwithECDSAinP1363Format");
            signer.initSign(key);
            signer.update(digest);
            return signer.sign();
        } catch (GeneralSecurityException problem) {
            throw new KeyException(DEVICE_ERROR, "Cannot sign with " + description + ".", problem);
        }
    }

    @Override
    public KeyKind kind() {
        return KeyKind.TRIAL;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public synchronized void close() {
        key = null;
    }

    @Override
    public String toString() {
        return description;
    }

    /// Signs once, so that a certificate of another key is found now and not by a node.
    private void prove(Path file) {
        byte[] probe = new byte[DIGEST_LENGTH];
        if (!PublicPoint.verifies(point, probe, sign(probe))) {
            throw noKey(file, "the certificate belongs to another key");
        }
    }

    private static byte[] contentOf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_FILE_LENGTH + 1);
            if (content.length > MAX_FILE_LENGTH) {
                throw noKey(file, "it is larger than " + MAX_FILE_LENGTH + " bytes");
            }
            return content;
        }
    }

    private static String onlyKeyIn(KeyStore store, Path file) throws GeneralSecurityException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw noKey(file, "it holds " + keys.size() + " private keys, not 1");
        }
        return keys.getFirst();
    }

    private static KeyException noKey(Path file, String why) {
        return new KeyException(
                KEY_MISSING, "Key file " + file + " is refused: " + why + ". Create a new one.");
    }

    private static KeyException unreadable(Path file, Exception problem) {
        return new KeyException(
                DEVICE_ERROR,
                "Key file %s cannot be read (%s): restore it or create a new one."
                        .formatted(file, problem.getMessage()),
                problem);
    }
}
