package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.KEY_MISSING;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.PublicPoint;
import energy.cryptometer.hal.key.SanitizedText;
import energy.cryptometer.hal.key.SigningKey;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Finds the private key a URI names and its public point. Tokens keep the point in various places
/// and some keep stale ones, so the key signs once and the point that verifies is the point.
final class KeySearch {
    private static final int MAX_CANDIDATES = 8;

    private final Pkcs11Module module;
    private final Pkcs11Uri uri;
    private final TokenLogin login;

    KeySearch(Pkcs11Module module, Pkcs11Uri uri, TokenLogin login) {
        this.module = module;
        this.uri = uri;
        this.login = login;
    }

    /// @throws KeyException KEY_MISSING if there is no such key, more than one, or one that is not
    ///   a P-256 key bound to the token
    KeySession find(long epoch) throws CkException {
        long key = onlyPrivateKey();
        refuseUnfit(key);
        byte[] probe = new byte[SigningKey.DIGEST_LENGTH];
        byte[] signature = module.sign(login.session(), key, probe);
        for (byte[] point : candidates(key)) {
            if (PublicPoint.verifies(point, probe, signature)) {
                return new KeySession(epoch, login, key, point);
            }
        }
        throw missing("has no public key or certificate beside it that verifies its signature");
    }

    private long onlyPrivateKey() throws CkException {
        CkAttributes wanted = ecKeys();
        uri.object().ifPresent(l -> wanted.with(CkAttributes.LABEL, UriEncoding.utf8(l)));
        uri.id().ifPresent(id -> wanted.with(CkAttributes.ID, id));
        List<Long> keys = module.find(login.session(), wanted, 2);
        if (keys.isEmpty()) {
            throw missing("is not there; the token " + holds(ecKeys()));
        }
        if (keys.size() > 1) {
            throw missing(
                    "is there more than once, so name it by object and id: it " + holds(wanted));
        }
        return keys.getFirst();
    }

    private static CkAttributes ecKeys() {
        return new CkAttributes()
                .with(CkAttributes.CLASS, CkAttributes.PRIVATE_KEY_OBJECT)
                .with(CkAttributes.KEY_TYPE, CkAttributes.EC_KEY);
    }

    /// The names of the first keys that have these attributes, for a message.
    private String holds(CkAttributes wanted) throws CkException {
        List<String> names = new ArrayList<>();
        for (long key : module.find(login.session(), wanted, MAX_CANDIDATES)) {
            String label = attribute(key, CkAttributes.LABEL).map(UriEncoding::text).orElse("");
            String id = attribute(key, CkAttributes.ID).map(HexFormat.of()::formatHex).orElse("");
            names.add("'%s' id %s".formatted(SanitizedText.of(label), id.isEmpty() ? "none" : id));
        }
        return names.isEmpty() ? "holds no P-256 key" : "holds " + String.join(", ", names);
    }

    private void refuseUnfit(long key) throws CkException {
        Optional<byte[]> curve = attribute(key, CkAttributes.EC_PARAMS);
        if (curve.isPresent() && !Arrays.equals(curve.get(), CkAttributes.p256())) {
            throw missing("is not on P-256");
        }
        if (flag(key, CkAttributes.EXTRACTABLE, false)
                || !flag(key, CkAttributes.SENSITIVE, true)) {
            throw missing("can be copied out of the token");
        }
        if (flag(key, CkAttributes.ALWAYS_AUTHENTICATE, false)) {
            throw missing("asks for the PIN at every signature (CKA_ALWAYS_AUTHENTICATE)");
        }
    }

    private List<byte[]> candidates(long key) throws CkException {
        List<byte[]> points = new ArrayList<>();
        attribute(key, CkAttributes.EC_POINT).flatMap(KeySearch::point).ifPresent(points::add);
        for (long object : namedLike(key, CkAttributes.PUBLIC_KEY_OBJECT)) {
            attribute(object, CkAttributes.EC_POINT)
                    .flatMap(KeySearch::point)
                    .ifPresent(points::add);
        }
        for (long object : namedLike(key, CkAttributes.CERTIFICATE_OBJECT)) {
            attribute(object, CkAttributes.VALUE)
                    .flatMap(KeySearch::pointOfCertificate)
                    .ifPresent(points::add);
        }
        return points;
    }

    /// Objects of a class that share the id or the label of the key.
    private List<Long> namedLike(long key, long objectClass) throws CkException {
        List<Long> objects = new ArrayList<>();
        for (long type : new long[] {CkAttributes.ID, CkAttributes.LABEL}) {
            Optional<byte[]> name = attribute(key, type).filter(bytes -> bytes.length > 0);
            if (name.isEmpty()) {
                continue;
            }
            CkAttributes wanted =
                    new CkAttributes().with(CkAttributes.CLASS, objectClass).with(type, name.get());
            objects.addAll(module.find(login.session(), wanted, MAX_CANDIDATES));
        }
        return objects;
    }

    private boolean flag(long object, long type, boolean otherwise) throws CkException {
        Optional<byte[]> value = attribute(object, type).filter(bytes -> bytes.length == 1);
        return value.map(bytes -> bytes[0] != 0).orElse(otherwise);
    }

    private Optional<byte[]> attribute(long object, long type) throws CkException {
        return module.attribute(login.session(), object, type);
    }

    private KeyException missing(String why) {
        return new KeyException(
                KEY_MISSING,
                "Key %s in %s %s: correct the URI or generate a key."
                        .formatted(uri.keyName(), login.token(), why));
    }

    /// CKA_EC_POINT is a DER OCTET STRING (PKCS#11 2.40, 2.3.3); some tokens give the bare point.
    static Optional<byte[]> point(byte[] value) {
        boolean wrapped =
                value.length == SigningKey.POINT_LENGTH + 2
                        && value[0] == 0x04
                        && value[1] == SigningKey.POINT_LENGTH;
        byte[] point = wrapped ? Arrays.copyOfRange(value, 2, value.length) : value;
        return PublicPoint.isValid(point) ? Optional.of(point) : Optional.empty();
    }

    private static Optional<byte[]> pointOfCertificate(byte[] der) {
        try {
            var certificate =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
            byte[] point = PublicPoint.of(certificate.getPublicKey());
            return point.length == 0 ? Optional.empty() : Optional.of(point);
        } catch (CertificateException _) {
            return Optional.empty();
        }
    }
}
