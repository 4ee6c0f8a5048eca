package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.DEVICE_ERROR;
import static energy.cryptometer.hal.key.KeyException.Reason.PIN_UNAVAILABLE;
import static energy.cryptometer.hal.key.KeyException.Reason.TOKEN_LOST;
import static energy.cryptometer.hal.key.KeyException.Reason.WRONG_PIN;
import static energy.cryptometer.hal.key.pkcs11.Pkcs11Uri.refused;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.KeyKind;
import energy.cryptometer.hal.key.PinSource;
import energy.cryptometer.hal.key.PublicPoint;
import energy.cryptometer.hal.key.SigningKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The signing key in a PKCS#11 token.
///
/// When the token goes away, [#sign] stops and starts the module, logs in and finds the key again,
/// once per call; the key that comes back must be the same one. A wrong PIN is never tried twice:
/// after one refusal this object asks no more. Every signature is verified before it is handed out.
public final class Pkcs11Key implements SigningKey {
    /// Longest wait for a signature under way when the key is closed.
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final SharedModule share;
    private final Pkcs11Uri uri;
    private final PinSource pinSource;
    private final byte[] point;
    private final String description;
    private @Nullable KeySession session;
    private @Nullable KeyException refusedPin;
    private boolean closed;

    /// Closed while a call hung in the module: whoever holds the lock ends the session.
    private volatile boolean abandoned;

    private Pkcs11Key(SharedModule share, Pkcs11Uri uri, PinSource pinSource, KeySession session) {
        this.share = share;
        this.uri = uri;
        this.pinSource = pinSource;
        this.session = session;
        this.point = session.point();
        this.description =
                "key %s in %s, module %s"
                        .formatted(
                                uri.keyName(),
                                session.login().token(),
                                share.module().path().getFileName());
    }

    /// Opens the key that the URI names, with the PIN from its `pin-source`.
    ///
    /// @throws KeyException as [#open(Pkcs11Uri, PinSource)]
    public static Pkcs11Key open(Pkcs11Uri uri) {
        return open(uri, pinSourceOf(uri));
    }

    /// Opens the key that the URI names: it signs once to prove that its public key belongs to it.
    ///
    /// @throws KeyException BAD_URI if the URI names no module or no key, MODULE_MISSING,
    ///   TOKEN_MISSING, KEY_MISSING, WRONG_PIN, PIN_LOCKED, PIN_UNAVAILABLE, DEVICE_ERROR
    public static Pkcs11Key open(Pkcs11Uri uri, PinSource pinSource) {
        if (uri.object().isEmpty() && uri.id().isEmpty()) {
            throw refused("it names no key: add object=LABEL or id=%01");
        }
        if (!uri.type().orElse("private").equals("private")) {
            throw refused("type=" + uri.type().orElse("") + " does not sign: use type=private");
        }
        return withModule(
                uri,
                share -> {
                    share.acquire();
                    boolean done = false;
                    try {
                        var key = new Pkcs11Key(share, uri, pinSource, find(share, uri, pinSource));
                        done = true;
                        return key;
                    } finally {
                        if (!done) {
                            share.release();
                        }
                    }
                });
    }

    /// Makes a new P-256 key in the token under the label (and the id, if any) of the URI and opens
    /// it. It is sensitive and not extractable.
    ///
    /// @throws KeyException KEY_EXISTS if an object of that label or id exists, and as
    ///   [#open(Pkcs11Uri, PinSource)]
    public static Pkcs11Key generate(Pkcs11Uri uri, PinSource pinSource) {
        Pkcs11Uri named =
                withModule(
                        uri,
                        share -> {
                            share.acquire();
                            try {
                                return KeyGeneration.generate(share.module(), uri, pinSource);
                            } finally {
                                share.release();
                            }
                        });
        return open(named, pinSource);
    }

    /// The URI of this key; of a generated key, with its id.
    public Pkcs11Uri uri() {
        return uri;
    }

    @Override
    public byte[] publicPoint() {
        return point.clone();
    }

    @Override
    public byte[] sign(byte[] digest) {
        if (digest.length != DIGEST_LENGTH) {
            throw new IllegalArgumentException(
                    "digest has " + digest.length + " bytes, not " + DIGEST_LENGTH);
        }
        share.lock().lock();
        try {
            if (closed || abandoned) {
                throw new IllegalStateException("closed: " + description);
            }
            if (refusedPin != null) {
                throw new KeyException(WRONG_PIN, messageOf(refusedPin), refusedPin);
            }
            return checked(digest, signOrReconnect(digest));
        } finally {
            if (abandoned) {
                end();
            }
            share.lock().unlock();
        }
    }

    @Override
    public KeyKind kind() {
        return KeyKind.HARDWARE_TOKEN;
    }

    @Override
    public String description() {
        return description;
    }

    /// Ends the session. A call that hangs in the module keeps the token to itself, and no C
    /// function can be interrupted: then this returns after two seconds, and the session ends when
    /// the call does.
    @Override
    public void close() {
        if (!lockedWithin(CLOSING)) {
            abandoned = true;
            if (!share.lock().tryLock()) {
                return;
            }
        }
        try {
            end();
        } finally {
            share.lock().unlock();
        }
    }

    private boolean lockedWithin(Duration time) {
        try {
            return share.lock().tryLock(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return share.lock().tryLock();
        }
    }

    /// Call with the lock held.
    private void end() {
        if (closed) {
            return;
        }
        closed = true;
        if (session != null && session.epoch() == share.epoch()) {
            session.login().end(share.module());
        }
        session = null;
        share.release();
    }

    @Override
    public String toString() {
        return description;
    }

    private byte[] signOrReconnect(byte[] digest) {
        KeySession live = session;
        session = null;
        if (live != null) {
            try {
                // Another key of this process may have restarted the module: then only open again.
                if (live.epoch() != share.epoch()) {
                    live = reopened();
                }
                byte[] signature = live.sign(share.module(), digest);
                session = live;
                return signature;
            } catch (CkException failure) {
                if (!failure.result().maybeLost()) {
                    session = live;
                    throw failed(failure);
                }
            }
        }
        try {
            share.restart();
            live = reopened();
            byte[] signature = live.sign(share.module(), digest);
            session = live;
            return signature;
        } catch (CkException failure) {
            throw failure.result().maybeLost() ? lost(failure) : failed(failure);
        }
    }

    /// Logs in and finds the same key again.
    private KeySession reopened() throws CkException {
        KeySession found;
        try {
            found = find(share, uri, pinSource);
        } catch (KeyException problem) {
            switch (problem.reason()) {
                case TOKEN_MISSING, KEY_MISSING -> throw lost(problem);
                case WRONG_PIN -> refusedPin = problem;
                default -> {}
            }
            throw problem;
        }
        if (Arrays.equals(found.point(), point)) {
            return found;
        }
        found.login().end(share.module());
        throw new KeyException(
                TOKEN_LOST,
                "A token came back with another key under that name. Put the right one back: %s."
                        .formatted(description));
    }

    private static KeySession find(SharedModule share, Pkcs11Uri uri, PinSource pinSource)
            throws CkException {
        Pkcs11Module module = share.module();
        TokenLogin login = TokenLogin.into(module, uri, pinSource, false);
        boolean done = false;
        try {
            KeySession found = new KeySearch(module, uri, login).find(share.epoch());
            done = true;
            return found;
        } finally {
            if (!done) {
                login.end(module);
            }
        }
    }

    /// A wrong signature would stand in the meter's chain for good, and every node would refuse all
    /// that comes after it.
    private byte[] checked(byte[] digest, byte[] signature) {
        if (PublicPoint.verifies(point, digest, signature)) {
            return signature;
        }
        session = null; // so that the next call starts the module anew
        throw new KeyException(
                DEVICE_ERROR,
                signature.length == SIGNATURE_LENGTH
                        ? "A signature from %s does not verify and was thrown away. If it happens again, replace the token."
                                .formatted(description)
                        : "A signature of %d bytes, not %d, from %s: the module is not usable for P-256."
                                .formatted(signature.length, SIGNATURE_LENGTH, description));
    }

    private KeyException lost(Exception cause) {
        return new KeyException(
                TOKEN_LOST,
                "Lost %s. Plug the token in; signing goes on when it is back. Last answer: %s"
                        .formatted(description, messageOf(cause)),
                cause);
    }

    private KeyException failed(CkException cause) {
        return new KeyException(
                DEVICE_ERROR,
                "%s with %s. See the documentation of the module."
                        .formatted(messageOf(cause), description),
                cause);
    }

    private static String messageOf(Exception problem) {
        return String.valueOf(problem.getMessage());
    }

    private static PinSource pinSourceOf(Pkcs11Uri uri) {
        return PinSource.parse(
                uri.pinSource()
                        .orElseThrow(() ->
                                new KeyException(
                                        PIN_UNAVAILABLE,
                                        "The URI names no PIN: add pin-source=file:/path.")));
    }

    private interface ModuleWork<T> {
        T with(SharedModule share) throws CkException;
    }

    private static <T> T withModule(Pkcs11Uri uri, ModuleWork<T> work) {
        SharedModule share = SharedModule.of(ModuleFinder.find(uri));
        share.lock().lock();
        try {
            return work.with(share);
        } catch (CkException failure) {
            throw new KeyException(
                    DEVICE_ERROR,
                    "%s while opening %s. Check the token and the module's own settings."
                            .formatted(messageOf(failure), uri),
                    failure);
        } finally {
            share.lock().unlock();
        }
    }
}
