package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.Json;
import energy.cryptometer.command.Progress;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.sync.HeaderStore;
import energy.cryptometer.lightclient.sync.LightClient;
import energy.cryptometer.lightclient.sync.ProofFinder;
import energy.cryptometer.lightclient.sync.SyncReport;
import energy.cryptometer.lightclient.verify.Conclusion;
import energy.cryptometer.lightclient.verify.Policy;
import energy.cryptometer.lightclient.verify.Verdict;
import energy.cryptometer.timing.TimeSource;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.TransportSecurity;
import energy.cryptometer.transport.message.CoapNodeClient;
import energy.cryptometer.transport.message.NodeClient;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/// A light client at work: its store open, its nodes at hand.
final class Session implements AutoCloseable {
    /// Fewer headers than this take about a second.
    private static final long WORTH_SHOWING = 256;

    private final Genesis genesis;
    private final HeaderStore store;
    private final CoapClient coap;
    private final List<NodeClient> nodes;
    private final LightClient client;

    Session(Genesis genesis, HeaderStore store, NodeOptions net, TimeSource time) {
        this.genesis = genesis;
        this.store = store;
        this.coap = new CoapClient(TransportSecurity.plain(), net.limits(), time);
        this.nodes =
                net.nodes.stream()
                        .<NodeClient>map(
                                address -> new CoapNodeClient(coap, address, genesis.community()))
                        .toList();
        this.client = new LightClient(genesis, store, Policy.USUAL);
    }

    /// Asks the nodes; long work shows how far it is.
    SyncReport sync(Instant now, PrintWriter err) {
        Height due = genesis.schedule().heightAt(now);
        long begun = head().value();
        long total = Math.max(0, due.value() - begun);
        if (total < WORTH_SHOWING) {
            return client.sync(nodes, now);
        }
        Terminal terminal = new Terminal(err, err, false, Terminal.ofProcess().interactive());
        try (Progress progress = new Progress(terminal, "Verifying headers", total)) {
            return client.sync(nodes, now, height -> progress.reached(height.value() - begun));
        }
    }

    Height head() {
        return client.head();
    }

    ProofFinder finder() {
        return new ProofFinder(genesis, client, nodes);
    }

    /// The name of what a synchronisation came to.
    static Conclusion conclusion(SyncReport report) {
        return told(report) ? report.verdict().conclusion() : Conclusion.UNREACHABLE;
    }

    static String sentence(SyncReport report) {
        return told(report)
                ? report.verdict().sentence()
                : "no node answered: "
                        + String.join(
                                "; ",
                                report.nodes().stream()
                                        .map(asked ->
                                                asked.node() + " " + asked.outcome().sentence())
                                        .toList());
    }

    /// A frozen client asks nobody any more, and says why all the same.
    private static boolean told(SyncReport report) {
        return report.reached() || report.verdict() instanceof Verdict.Frozen;
    }

    /// Where the trusted chain stands, and what each node did.
    static Json json(Genesis genesis, SyncReport report) {
        return Reply.verdict(conclusion(report))
                .put("community", genesis.community().toString())
                .put("from", report.from().value())
                .put("height", report.to().value())
                .put("time", genesis.schedule().time(report.to()).toString())
                .put(
                        "nodes",
                        report.nodes().stream()
                                .map(asked ->
                                        Json.object()
                                                .put("node", asked.node().toString())
                                                .put("outcome", asked.outcome().sentence()))
                                .toList());
    }

    @Override
    public void close() {
        coap.close();
        store.close();
    }
}
