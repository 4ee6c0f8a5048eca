package energy.cryptometer.fullnode.program;

import energy.cryptometer.command.Json;
import energy.cryptometer.fullnode.chain.BlockRows;
import energy.cryptometer.fullnode.chain.NodeFile;
import energy.cryptometer.fullnode.resource.NodeResources;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.StepSchedule;
import energy.cryptometer.store.Database;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapReply;
import energy.cryptometer.transport.NodeAddress;
import energy.cryptometer.transport.TransportSecurity;
import energy.cryptometer.transport.message.Resources;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `community-node status`.
@Command(
        name = "status",
        description = "Shows where the node's chain stands, whether the node runs or not.",
        footerHeading = "%nExample:%n",
        footer = "  community-node status --config node.toml --json")
final class StatusCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Mixin private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        NodeConfiguration configuration = NodeConfiguration.read(config.file);
        Genesis genesis = configuration.decode(configuration.signedGenesis());
        Json status = Failures.inWords(() -> status(configuration, genesis));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(status);
        } else {
            out.printf("community  %s (%s)%n", status.text("community"), genesis.name());
            out.printf(
                    "head       height %d of %s, %d steps behind%n",
                    status.integer("height"), status.text("time"), status.integer("lagSteps"));
            out.printf("waiting    %d transactions%n", status.integer("waiting"));
            out.printf(
                    "node       %s on %s%n",
                    status.bool("answering") ? "answers" : "does not answer",
                    configuration.listen());
        }
        return 0;
    }

    private static Json status(NodeConfiguration configuration, Genesis genesis) {
        try (Database database = NodeFile.openReadOnly(configuration.store(), genesis)) {
            BlockRows rows = new BlockRows(database);
            StepSchedule schedule = genesis.schedule();
            Height head = rows.head();
            Height due = schedule.heightAt(Instant.now().minus(schedule.propose()));
            return Json.object()
                    .put("community", genesis.community().toString())
                    .put("height", head.value())
                    .put("time", schedule.time(head).toString())
                    .put("lagSteps", Math.max(0, due.value() - head.value()))
                    .put("waiting", rows.pending())
                    .put("answering", answers(configuration.listen()));
        }
    }

    private static boolean answers(InetSocketAddress listen) {
        if (listen.getPort() == 0) {
            return false;
        }
        String host =
                listen.getAddress().isAnyLocalAddress() ? "127.0.0.1" : listen.getHostString();
        try (CoapClient client =
                new CoapClient(
                        TransportSecurity.plain(),
                        NodeResources.limits().withTimeout(PATIENCE),
                        SystemTime.CLOCKS)) {
            return client.get(new NodeAddress(host, listen.getPort()), Resources.HEALTH)
                            instanceof CoapReply.Answer answer
                    && answer.code().isSuccess();
        }
    }
}
