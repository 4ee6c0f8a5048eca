package energy.cryptometer.fullnode.program;

import energy.cryptometer.command.Version;
import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.fullnode.log.NodeLog;
import energy.cryptometer.hal.clock.LinuxClock;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.timing.TimeSource;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `community-node run`.
@Command(
        name = "run",
        description = {
            "Runs the node until it is told to stop (SIGTERM or Ctrl-C).",
            "Every missed market step gets its block first, oldest first."
        },
        footerHeading = "%nExample:%n",
        footer = "  community-node run --config node.toml")
final class RunCommand implements Callable<Integer> {
    @Mixin private final ConfigOption config = new ConfigOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        NodeConfiguration configuration = NodeConfiguration.read(config.file);
        byte[] signed = configuration.signedGenesis();
        Genesis genesis = configuration.decode(signed);
        NodeLog log = NodeLog.to(spec.commandLine().getErr(), SystemTime.CLOCKS);
        TimeSource clock = new GuardedClock(LinuxClock.ofThisMachine(), log);
        try (NodeKeys keys = NodeKeys.open(configuration, genesis)) {
            NodeSetup setup =
                    new NodeSetup(
                            genesis,
                            signed,
                            configuration.store(),
                            configuration.listen(),
                            keys.keys(),
                            configuration.limits());
            Node node = Failures.inWords(() -> Node.open(setup, clock, log));
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(node, log, stopped)));
            tell(node, keys, log);
            node.start();
            stopped.await();
        }
        return 0;
    }

    private static void stop(Node node, NodeLog log, CountDownLatch stopped) {
        node.close();
        log.line("stopped height=%d".formatted(node.chain().head().value()));
        stopped.countDown();
    }

    private static void tell(Node node, NodeKeys keys, NodeLog log) {
        InetSocketAddress address = node.address();
        log.line(
                "started version=%s community=%s height=%d waiting=%d listen=%s:%d key=%s"
                        .formatted(
                                Version.current(),
                                node.chain().genesis().community(),
                                node.chain().head().value(),
                                node.mempool().size(),
                                address.getHostString(),
                                address.getPort(),
                                kind(keys.node())));
        keys.plant()
                .ifPresentOrElse(
                        plant -> log.line("plant allocates here key=" + kind(plant)),
                        () -> log.line("plant has no key here: transfers wait undivided"));
    }

    private static String kind(KeySigner signer) {
        return "\"" + signer.kind().label() + "\"";
    }
}
