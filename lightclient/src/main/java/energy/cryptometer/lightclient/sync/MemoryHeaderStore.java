package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A store that forgets with the program: for one look at a chain, and for tests.
public final class MemoryHeaderStore implements HeaderStore {
    private final TreeMap<Height, SignedHeader> headers = new TreeMap<>();
    private @Nullable TrustedHead head;
    private @Nullable Evidence evidence;

    @Override
    public synchronized Optional<TrustedHead> head() {
        return Optional.ofNullable(head);
    }

    @Override
    public synchronized boolean advance(
            Height expected, List<SignedHeader> added, TrustedHead newHead) {
        Height now = head == null ? Height.GENESIS : head.header().header().height();
        if (evidence != null || !now.equals(expected)) {
            return false;
        }
        added.forEach(header -> headers.put(header.header().height(), header));
        head = newHead;
        return true;
    }

    @Override
    public synchronized Optional<SignedHeader> header(Height height) {
        return Optional.ofNullable(headers.get(height));
    }

    @Override
    public synchronized Optional<Evidence> evidence() {
        return Optional.ofNullable(evidence);
    }

    @Override
    public synchronized void freeze(Evidence found) {
        if (evidence == null) {
            evidence = found;
        }
    }

    @Override
    public void close() {}
}
