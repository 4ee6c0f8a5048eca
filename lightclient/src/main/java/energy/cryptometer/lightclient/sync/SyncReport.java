package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.Verdict;
import java.util.List;

/// What one synchronisation came to.
///
/// @param verdict accepted; or stale, expired or frozen; or, where every node that answered lied,
///   the first lie
/// @param from trusted height before
/// @param to trusted height after
/// @param sources each node asked, in order
public record SyncReport(Verdict verdict, Height from, Height to, List<Asked> sources) {
    /// One node and what came of asking it.
    public record Asked(String name, SourceOutcome outcome) {}

    public SyncReport {
        sources = List.copyOf(sources);
    }

    /// Whether any node answered at all. If none did, the verdict is about what was trusted before.
    public boolean reached() {
        return to.compareTo(from) > 0
                || sources.stream()
                        .anyMatch(asked -> !(asked.outcome() instanceof SourceOutcome.Silent));
    }

    /// Whether the trusted chain is as new as it should be and at least one node confirmed it.
    public boolean accepted() {
        return verdict instanceof Verdict.Accepted && reached();
    }
}
