package energy.cryptometer.fullnode.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.fullnode.chain.ChainStore;
import energy.cryptometer.fullnode.chain.NodeFile;
import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.rule.BlockRules;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.rule.ScriptedMeter;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.store.Database;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapCode;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.NodeAddress;
import energy.cryptometer.transport.TransportSecurity;
import energy.cryptometer.transport.message.Answer;
import energy.cryptometer.transport.message.CoapNodeClient;
import energy.cryptometer.transport.message.NodeClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node that is killed, and one whose disk is full, while a meter keeps on sending.
@Timeout(180)
@Tag("slow")
class KillTest {
    private static final int KILLS = 5;

    @TempDir Path folder;
    private final SmallCommunity community = new SmallCommunity();
    private final ScriptedMeter meter = new ScriptedMeter(community.genesis, community.meterA);
    private final List<SignedTransaction> acknowledged = new ArrayList<>();
    private final long start = System.currentTimeMillis();
    private final InstantSource clock = NodeChild.clock(start);
    private CoapClient coap;
    private NodeClient client;
    private int port;

    @BeforeEach
    void connect() throws IOException {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        coap =
                new CoapClient(
                        TransportSecurity.plain(),
                        CoapLimits.USUAL.withTimeout(Duration.ofSeconds(5)),
                        SystemTime.CLOCKS);
        client =
                new CoapNodeClient(
                        coap, new NodeAddress("127.0.0.1", port), community.genesis.community());
    }

    @AfterEach
    void disconnect() {
        coap.close();
    }

    @Test
    void whatWasAcknowledgedIsInTheChainExactlyOnceHoweverOftenTheNodeIsKilled()
            throws IOException, InterruptedException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<SignedTransaction> batch = next();
        long head = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process child = NodeChild.start(List.of(), folder, port, start);
            try (BufferedReader ears = child.inputReader(StandardCharsets.UTF_8)) {
                String ready = NodeChild.hear(ears, "node: ready height=");
                assertThat(Long.parseLong(ready.replaceAll(".*=", "")))
                        .isGreaterThanOrEqualTo(head);
                long end = System.nanoTime() + random.nextLong(50_000_000L, 2_500_000_000L);
                while (System.nanoTime() < end) {
                    batch = send(batch);
                }
                head = client.head().got().map(now -> now.header().height().value()).orElse(head);
                killSoon(child, random.nextLong(5));
                batch = send(batch);
            }
            int _ = child.waitFor();
        }
        finish(batch);
        verify();
    }

    /// Kills while the next batch is under way.
    private static void killSoon(Process child, long millis) {
        Thread killer =
                Thread.ofPlatform()
                        .daemon()
                        .unstarted(() -> {
                            long end = System.nanoTime() + millis * 1_000_000;
                            while (System.nanoTime() < end) {
                                Thread.onSpinWait();
                            }
                            boolean _ = child.toHandle().destroyForcibly();
                        });
        killer.start();
    }

    @Test
    void aFullDiskIsAnsweredAndNothingIsLostOnceThereIsSpace()
            throws IOException, InterruptedException {
        String mount = "mount -t tmpfs -o size=2m tmpfs " + folder + " && exec \"$@\"";
        List<String> prefix =
                List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh");
        Process child = NodeChild.start(prefix, folder, port, start);
        try (BufferedReader ears = child.inputReader(StandardCharsets.UTF_8);
                OutputStream orders = child.getOutputStream()) {
            String _ = NodeChild.hear(ears, "node: ready");
            List<SignedTransaction> batch = next();
            Answer<?> answer = client.submit(new Batch(batch));
            while (answer instanceof Answer.Got<?>) {
                acknowledged.addAll(batch);
                batch = next();
                answer = client.submit(new Batch(batch));
            }
            assertThat(answer)
                    .isEqualTo(
                            new Answer.Refused<>(
                                    CoapCode.UNAVAILABLE, "", Optional.of(Duration.ofSeconds(10))));
            orders.write('\n');
            orders.flush();
            String _ = NodeChild.hear(ears, "node: ballast is gone");
            assertThat(client.submit(new Batch(batch))).isInstanceOf(Answer.Got.class);
            acknowledged.addAll(batch);
            assertThat(
                            client.chain(community.meterA.publicKey().id())
                                    .got()
                                    .orElseThrow()
                                    .accepted())
                    .isEqualTo(acknowledged.getLast().next());
        } finally {
            boolean _ = child.toHandle().destroyForcibly();
        }
        int _ = child.waitFor();
    }

    /// Twenty pulses of now and the transfer of their energy.
    private List<SignedTransaction> next() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<SignedTransaction> batch = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            batch.add(meter.pulse(now));
        }
        batch.add(meter.transfer());
        return batch;
    }

    /// Sends; what is not acknowledged is sent again next time.
    private List<SignedTransaction> send(List<SignedTransaction> batch) {
        if (client.submit(new Batch(batch)) instanceof Answer.Got<?>) {
            acknowledged.addAll(batch);
            return next();
        }
        return batch;
    }

    private void finish(List<SignedTransaction> last) throws IOException, InterruptedException {
        Process child = NodeChild.start(List.of(), folder, port, start);
        try (BufferedReader ears = child.inputReader(StandardCharsets.UTF_8)) {
            String _ = NodeChild.hear(ears, "node: ready");
            long before = acknowledged.size();
            while (acknowledged.size() == before) {
                List<SignedTransaction> _ = send(last);
            }
            long sequence = acknowledged.getLast().content().sequence();
            while (client.chain(community.meterA.publicKey().id())
                            .got()
                            .map(position -> position.approved().sequence())
                            .orElse(0L)
                    <= sequence) {
                String _ = NodeChild.hear(ears, "node: block");
            }
        } finally {
            boolean _ = child.toHandle().destroyForcibly();
        }
        int _ = child.waitFor();
    }

    /// Replays the whole chain with all its rules.
    private void verify() {
        byte[] signed = new byte[0];
        try (Database database =
                NodeFile.open(folder.resolve("node.sqlite"), community.genesis, signed)) {
            assertThat(database.check()).isEmpty();
            ChainStore stored = ChainStore.open(community.genesis, database);
            BlockRules rules = new BlockRules(community.genesis);
            ChainState chain = ChainState.of(community.genesis);
            List<SignedTransaction> approved = new ArrayList<>();
            for (long height = 1; height <= stored.head().value(); height++) {
                Block block = stored.whole(new Height(height)).orElseThrow();
                chain =
                        switch (rules.append(chain, block)) {
                            case Outcome.Accepted<ChainState>(ChainState next) -> next;
                            case Outcome.Refused<ChainState>(var refusal) ->
                                    throw new AssertionError(refusal);
                        };
                block.body().batches().stream()
                        .filter(batch -> batch.signer().equals(community.meterA.publicKey().id()))
                        .forEach(batch -> approved.addAll(batch.transactions()));
            }
            assertThat(chain).isEqualTo(stored.chain());
            assertThat(approved).startsWith(acknowledged.toArray(SignedTransaction[]::new));
            assertThat(approved.size()).isLessThanOrEqualTo(acknowledged.size() + 21);
        }
    }
}
