package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.PIN_LOCKED;
import static energy.cryptometer.hal.key.KeyException.Reason.TOKEN_MISSING;
import static energy.cryptometer.hal.key.KeyException.Reason.WRONG_PIN;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.Pin;
import energy.cryptometer.hal.key.PinSource;
import java.util.List;
import java.util.stream.Collectors;

/// A session with a token into which the user is logged in.
record TokenLogin(long session, TokenInfo token) {
    private static final int MAX_LISTED = 8;

    /// A TPM counts a power cut like a wrong PIN, locks after some, and forgets them with time: so
    /// a locked PIN, other than a wrong one, is tried again at the next signature.
    private static final String CURE =
            "A TPM unlocks itself with time; any other token is unlocked by its security officer.";

    /// Finds the one token the URI names, opens a session and logs in, with one attempt.
    ///
    /// @throws KeyException TOKEN_MISSING, WRONG_PIN, PIN_LOCKED, PIN_UNAVAILABLE
    static TokenLogin into(
            Pkcs11Module module, Pkcs11Uri uri, PinSource pinSource, boolean writable)
            throws CkException {
        TokenInfo token = only(module.tokens(), uri);
        refuseLastAttempt(token);
        long session = module.openSession(token.slot(), writable);
        var opened = new TokenLogin(session, token);
        boolean done = false;
        try (Pin pin = pinSource.read()) {
            module.login(session, pin);
            done = true;
            return opened;
        } catch (CkException refusal) {
            throw translated(refusal, token);
        } finally {
            if (!done) {
                opened.end(module);
            }
        }
    }

    /// Ends the session; the token may be gone already.
    void end(Pkcs11Module module) {
        try {
            module.closeSession(session);
        } catch (CkException _) {
            // Nothing to end any more.
        }
    }

    private static TokenInfo only(List<TokenInfo> tokens, Pkcs11Uri uri) {
        List<TokenInfo> named = tokens.stream().filter(token -> token.matches(uri)).toList();
        if (named.size() == 1) {
            return named.getFirst();
        }
        String present =
                tokens.stream()
                        .limit(MAX_LISTED)
                        .map(TokenInfo::toString)
                        .collect(Collectors.joining(", "));
        throw new KeyException(
                TOKEN_MISSING,
                "%d tokens answer to %s, not 1. Present: %s. Plug it in, or name its serial too."
                        .formatted(
                                named.size(),
                                uri.tokenName(),
                                present.isEmpty() ? "none" : present));
    }

    /// A program that starts again and again with a wrong PIN must not spend the last attempt.
    static void refuseLastAttempt(TokenInfo token) {
        if (token.flags().pinLocked()) {
            throw new KeyException(
                    PIN_LOCKED, "The PIN of %s is locked. %s".formatted(token, CURE));
        }
        if (token.flags().pinFinalTry()) {
            throw new KeyException(
                    PIN_LOCKED,
                    "One more wrong PIN would lock %s: log in once by hand with the right one."
                            .formatted(token));
        }
    }

    static CkException translated(CkException refusal, TokenInfo token) {
        CkResult result = refusal.result();
        if (result.equals(CkResult.PIN_EXPIRED)) {
            throw new KeyException(
                    WRONG_PIN,
                    "The PIN of %s must be changed, %s: set a new one with the token's own tool, write it where this program reads it, then restart."
                            .formatted(token, result),
                    refusal);
        }
        if (result.wrongPin()) {
            throw new KeyException(
                    WRONG_PIN,
                    "%s refused the PIN, %s. Not tried again: correct the PIN, then restart."
                            .formatted(token, result),
                    refusal);
        }
        if (result.equals(CkResult.PIN_LOCKED)) {
            throw new KeyException(
                    PIN_LOCKED,
                    "%s refused the PIN, %s. %s".formatted(token, result, CURE),
                    refusal);
        }
        return refusal;
    }
}
