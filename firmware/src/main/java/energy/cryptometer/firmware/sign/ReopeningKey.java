package energy.cryptometer.firmware.sign;

import energy.cryptometer.command.key.KeySection;
import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.KeyException.Reason;
import energy.cryptometer.ledger.key.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A meter's key, whether its token is there or not. Where the genesis says which key the meter
/// has, nothing waits for the token: it is opened when something is to be signed, and again when
/// that failed. A PIN that was refused is never tried again: a few more attempts would lock the
/// token. One that is locked is: a TPM forgets with time, and asking costs no attempt. Safe for
/// several threads.
public final class ReopeningKey implements MeterKey {
    private final KeySection section;
    private final PublicKey publicKey;
    private volatile @Nullable KeySigner signer;
    private volatile @Nullable KeyException trouble;

    private ReopeningKey(KeySection section, PublicKey publicKey) {
        this.section = section;
        this.publicKey = publicKey;
    }

    /// A key that is opened when it is needed.
    public static ReopeningKey of(KeySection section, PublicKey expected) {
        return new ReopeningKey(section, expected);
    }

    /// A key that is opened now, because only the token knows which one it is.
    ///
    /// @throws KeyException if it cannot be opened
    public static ReopeningKey openedNow(KeySection section) {
        KeySigner opened = section.signer();
        ReopeningKey key = new ReopeningKey(section, opened.publicKey());
        key.signer = opened;
        return key;
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        return opened().sign(message);
    }

    private synchronized KeySigner opened() {
        KeySigner known = signer;
        if (known != null) {
            return known;
        }
        KeyException before = trouble;
        if (before != null && before.reason() == Reason.WRONG_PIN) {
            throw before;
        }
        try {
            KeySigner fresh = matching(section.signer());
            signer = fresh;
            trouble = null;
            return fresh;
        } catch (KeyException e) {
            trouble = e;
            throw e;
        }
    }

    private KeySigner matching(KeySigner opened) {
        if (opened.publicKey().equals(publicKey)) {
            return opened;
        }
        String other = opened.description();
        opened.close();
        throw new KeyException(
                Reason.KEY_MISSING,
                other
                        + " holds another key than the genesis names for this meter; is it the token of another meter?");
    }

    @Override
    public String kind() {
        return section.kind().label();
    }

    @Override
    public String description() {
        KeySigner known = signer;
        KeyException missing = trouble;
        if (known != null) {
            return known.description();
        }
        return missing == null ? "not opened yet" : String.valueOf(missing.getMessage());
    }

    /// Why the key cannot be used now, if it cannot.
    public Optional<String> problem() {
        KeyException missing = trouble;
        return missing == null || signer != null
                ? Optional.empty()
                : Optional.of(String.valueOf(missing.getMessage()));
    }

    @Override
    public void close() {
        KeySigner known = signer;
        if (known != null) {
            known.close();
        }
    }
}
