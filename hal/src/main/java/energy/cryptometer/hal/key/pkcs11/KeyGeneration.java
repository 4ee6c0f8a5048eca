package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.KEY_EXISTS;
import static energy.cryptometer.hal.key.pkcs11.Pkcs11Uri.refused;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.PinSource;
import java.security.SecureRandom;

/// Makes a P-256 key pair inside a token, of which the private half can never leave it.
final class KeyGeneration {
    private static final int ID_LENGTH = 8;

    private KeyGeneration() {}

    /// Makes the pair under the label of the URI and its id, or a random id of 8 bytes, and returns
    /// the URI with both.
    static Pkcs11Uri generate(Pkcs11Module module, Pkcs11Uri uri, PinSource pinSource)
            throws CkException {
        String label = uri.object().orElseThrow(() -> refused("a new key needs object=LABEL"));
        Pkcs11Uri named = uri.withObject(label, uri.id().orElseGet(KeyGeneration::randomId));
        byte[] name = UriEncoding.utf8(label);
        byte[] id = named.id().orElseThrow();
        TokenLogin login = TokenLogin.into(module, uri, pinSource, true);
        try {
            refuseExisting(module, login, new CkAttributes().with(CkAttributes.LABEL, name), named);
            refuseExisting(module, login, new CkAttributes().with(CkAttributes.ID, id), named);
            module.generateKeyPair(login.session(), publicKey(name, id), privateKey(name, id));
        } finally {
            login.end(module);
        }
        return named;
    }

    private static void refuseExisting(
            Pkcs11Module module, TokenLogin login, CkAttributes wanted, Pkcs11Uri uri)
            throws CkException {
        if (!module.find(login.session(), wanted, 1).isEmpty()) {
            throw new KeyException(
                    KEY_EXISTS,
                    "%s has an object of that label or id (%s). Choose another: none is overwritten."
                            .formatted(login.token(), uri.keyName()));
        }
    }

    private static CkAttributes publicKey(byte[] label, byte[] id) {
        return new CkAttributes()
                .with(CkAttributes.CLASS, CkAttributes.PUBLIC_KEY_OBJECT)
                .with(CkAttributes.KEY_TYPE, CkAttributes.EC_KEY)
                .with(CkAttributes.TOKEN, true)
                .with(CkAttributes.PRIVATE, false)
                .with(CkAttributes.VERIFY, true)
                .with(CkAttributes.EC_PARAMS, CkAttributes.p256())
                .with(CkAttributes.LABEL, label)
                .with(CkAttributes.ID, id);
    }

    private static CkAttributes privateKey(byte[] label, byte[] id) {
        return new CkAttributes()
                .with(CkAttributes.CLASS, CkAttributes.PRIVATE_KEY_OBJECT)
                .with(CkAttributes.KEY_TYPE, CkAttributes.EC_KEY)
                .with(CkAttributes.TOKEN, true)
                .with(CkAttributes.PRIVATE, true)
                .with(CkAttributes.SENSITIVE, true)
                .with(CkAttributes.EXTRACTABLE, false)
                .with(CkAttributes.SIGN, true)
                .with(CkAttributes.LABEL, label)
                .with(CkAttributes.ID, id);
    }

    private static byte[] randomId() {
        byte[] id = new byte[ID_LENGTH];
        new SecureRandom().nextBytes(id);
        return id;
    }
}
