package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.Json;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.sync.HeaderStore;
import energy.cryptometer.lightclient.sync.LightClient;
import energy.cryptometer.lightclient.verify.Policy;
import energy.cryptometer.lightclient.verify.Verdict;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `lightclient status`.
@Command(
        name = "status",
        description = "Says where the trusted chain stands, without asking any node.")
final class StatusCommand implements Callable<Integer> {
    @Mixin private final ChainOptions chain = new ChainOptions();
    @Mixin private final StoreOptions store = new StoreOptions();

    @Override
    public Integer call() {
        Reply reply = chain.reply();
        return reply.to(() -> status(reply, chain.genesis()));
    }

    private int status(Reply reply, Genesis genesis) {
        try (HeaderStore headers = store.look(genesis.community())) {
            LightClient client = new LightClient(genesis, headers, Policy.USUAL);
            Verdict verdict = client.status(chain.now());
            Height head = client.head();
            Instant time = genesis.schedule().time(head);
            Json json =
                    Reply.verdict(verdict.conclusion())
                            .put("community", genesis.community().toString())
                            .put("height", head.value())
                            .put("time", time.toString());
            return verdict instanceof Verdict.Accepted
                    ? reply.accept(json, "Verified up to %s (%s).".formatted(time, head))
                    : reply.refuse(verdict.conclusion(), verdict.sentence(), json);
        }
    }
}
