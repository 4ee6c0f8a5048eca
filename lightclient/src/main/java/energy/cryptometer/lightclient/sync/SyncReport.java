package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.Verdict;
import energy.cryptometer.transport.NodeAddress;
import java.util.List;

/// What one synchronisation came to.
///
/// @param verdict accepted; or stale, expired or frozen; or, where every node that answered lied,
///   the first lie
/// @param from trusted height before
/// @param to trusted height after
/// @param nodes each node asked, in order
public record SyncReport(Verdict verdict, Height from, Height to, List<Asked> nodes) {
    /// One node and what came of asking it.
    public record Asked(NodeAddress node, NodeOutcome outcome) {}

    public SyncReport {
        nodes = List.copyOf(nodes);
    }

    /// Whether any node answered at all. If none did, the verdict is about what was trusted before.
    public boolean reached() {
        return to.compareTo(from) > 0
                || nodes.stream()
                        .anyMatch(asked -> !(asked.outcome() instanceof NodeOutcome.Unreachable));
    }

    /// Whether the trusted chain is as new as it should be and at least one node confirmed it.
    public boolean accepted() {
        return verdict instanceof Verdict.Accepted && reached();
    }
}
