package energy.cryptometer.fullnode.resource;

import energy.cryptometer.command.Json;
import energy.cryptometer.command.Version;
import energy.cryptometer.fullnode.chain.ChainStore;
import energy.cryptometer.fullnode.mempool.Mempool;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.StepSchedule;
import energy.cryptometer.transport.CoapRequest;
import energy.cryptometer.transport.CoapResponse;
import energy.cryptometer.transport.ContentFormats;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;

/// How the node is, for people and monitors.
final class HealthResource {
    private final ChainStore chain;
    private final Mempool mempool;
    private final Path store;
    private final InstantSource clock;

    HealthResource(ChainStore chain, Mempool mempool, Path store, InstantSource clock) {
        this.chain = chain;
        this.mempool = mempool;
        this.store = store;
        this.clock = clock;
    }

    CoapResponse handle(CoapRequest request) throws MalformedException {
        Query _ = Query.of(request.query());
        StepSchedule schedule = chain.genesis().schedule();
        Height head = chain.head();
        Height due = schedule.heightAt(clock.instant().minus(schedule.propose()));
        Json health =
                Json.object()
                        .put("community", chain.genesis().community().toString())
                        .put("height", head.value())
                        .put("time", schedule.time(head).toString())
                        .put("lagSteps", Math.max(0, due.value() - head.value()))
                        .put("waiting", mempool.size())
                        .put("diskFreeBytes", freeBytes())
                        .put("version", Version.current());
        return CoapResponse.content(
                        ContentFormats.JSON, health.toString().getBytes(StandardCharsets.UTF_8))
                .withMaxAge(1);
    }

    private long freeBytes() {
        return store.toAbsolutePath().toFile().getParentFile().getUsableSpace();
    }
}
