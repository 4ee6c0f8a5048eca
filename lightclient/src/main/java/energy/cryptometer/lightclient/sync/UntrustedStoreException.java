package energy.cryptometer.lightclient.sync;

import energy.cryptometer.lightclient.verify.Verdict;

/// What a store holds does not verify: it is damaged, or it belongs to another community. It must
/// be set aside, never overwritten.
public final class UntrustedStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Verdict verdict;

    UntrustedStoreException(Verdict verdict) {
        super(
                "stored headers are not trusted: %s; set the store aside and sync anew"
                        .formatted(verdict.sentence()));
        this.verdict = verdict;
    }

    public Verdict verdict() {
        return verdict;
    }
}
