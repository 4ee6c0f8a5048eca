package energy.cryptometer.lightclient.program;

import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.lightclient.sync.SyncReport;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `lightclient sync`.
@Command(
        name = "sync",
        description = "Verifies all headers since the last time and compares the nodes.")
final class SyncCommand implements Callable<Integer> {
    @Mixin private final ChainOptions chain = new ChainOptions();
    @Mixin private final NodeOptions net = new NodeOptions();
    @Mixin private final StoreOptions store = new StoreOptions();

    @Override
    public Integer call() {
        Reply reply = chain.reply();
        return reply.to(() -> sync(reply, chain.genesis()));
    }

    private int sync(Reply reply, Genesis genesis) {
        try (Session session =
                new Session(genesis, store.open(genesis.community()), net, chain.time())) {
            SyncReport report = session.sync(chain.now(), chain.err());
            return report.accepted()
                    ? reply.accept(Session.json(genesis, report), words(genesis, report))
                    : reply.refuse(
                            Session.conclusion(report),
                            Session.sentence(report),
                            Session.json(genesis, report));
        }
    }

    private static String words(Genesis genesis, SyncReport report) {
        String nodes =
                report.nodes().stream()
                        .map(asked ->
                                "  %s  %s".formatted(asked.node(), asked.outcome().sentence()))
                        .collect(Collectors.joining("\n"));
        return "Verified up to %s (%s), %d new headers.\n%s"
                .formatted(
                        genesis.schedule().time(report.to()),
                        report.to(),
                        report.to().value() - report.from().value(),
                        nodes);
    }
}
