package energy.cryptometer.firmware.confirm;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.sync.HeaderStore;
import energy.cryptometer.lightclient.sync.LightClient;
import energy.cryptometer.lightclient.sync.SqliteHeaderStore;
import energy.cryptometer.lightclient.sync.SyncReport;
import energy.cryptometer.lightclient.verify.Policy;
import energy.cryptometer.lightclient.verify.Verdict;
import energy.cryptometer.store.Database;
import energy.cryptometer.store.StoreException;
import energy.cryptometer.transport.message.NodeClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The meter's own light client: it proves what it sent by headers that it verified itself, kept in
/// a file beside the journal.
public final class VerifiedHeaders implements ConfirmStage.TrustedHeaders, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("cryptometer");

    private final HeaderStore store;
    private final LightClient client;
    private final List<NodeClient> nodes;

    private VerifiedHeaders(HeaderStore store, LightClient client, List<NodeClient> nodes) {
        this.store = store;
        this.client = client;
        this.nodes = nodes;
    }

    public static VerifiedHeaders open(
            Path journal, Genesis genesis, List<NodeClient> nodes, Instant now) {
        HeaderStore store =
                store(
                        journal.resolveSibling(journal.getFileName() + ".headers"),
                        genesis.community(),
                        now);
        return new VerifiedHeaders(
                store, new LightClient(genesis, store, Policy.USUAL), List.copyOf(nodes));
    }

    /// Headers can be had again, so a damaged file is set aside and never stops the counting.
    private static HeaderStore store(Path file, Community community, Instant now) {
        try {
            return SqliteHeaderStore.open(file, community);
        } catch (StoreException failure) {
            if (failure.reason() != StoreException.Reason.CORRUPT) {
                throw failure;
            }
            Path aside = Database.quarantine(file, now);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}; it is now {1}, headers are fetched and verified anew",
                    failure.getMessage(),
                    aside);
            return SqliteHeaderStore.open(file, community);
        }
    }

    /// A head that is a little old is no failure of the meter; a frozen or forged one is.
    @Override
    public void sync(Instant now) {
        SyncReport report = client.sync(nodes, now);
        boolean usable =
                report.verdict() instanceof Verdict.Accepted
                        || report.verdict() instanceof Verdict.Stale;
        if (!usable || !report.reached()) {
            throw new IllegalStateException(
                    report.nodes().stream()
                            .map(asked -> asked.node() + " " + asked.outcome().sentence())
                            .collect(Collectors.joining("; ")));
        }
    }

    @Override
    public Height head() {
        return client.head();
    }

    @Override
    public Optional<SignedHeader> header(Height height) {
        return client.header(height);
    }

    @Override
    public void close() {
        store.close();
    }
}
