package energy.cryptometer.firmware.confirm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.firmware.ScriptedNode;
import energy.cryptometer.firmware.WorkbenchChain;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.store.StoreException;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.TransportSecurity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class VerifiedHeadersTest {
    private final SmallCommunity community = new SmallCommunity();
    private final WorkbenchChain chain = new WorkbenchChain(community);
    private final CoapClient coap =
            new CoapClient(
                    TransportSecurity.plain(),
                    CoapLimits.USUAL.withTimeout(Duration.ofSeconds(5)),
                    SystemTime.CLOCKS);
    @TempDir private Path folder;
    private ScriptedNode node;

    @BeforeEach
    void start() {
        node = new ScriptedNode(community.genesis.community());
        node.serves(chain);
        for (int i = 0; i < 3; i++) {
            chain.approve(List.of());
        }
    }

    @AfterEach
    void stop() {
        node.close();
        coap.close();
    }

    private Path journal() {
        return folder.resolve("journal.db");
    }

    private Path headers() {
        return folder.resolve("journal.db.headers");
    }

    private VerifiedHeaders open(SmallCommunity ours) {
        return VerifiedHeaders.open(
                journal(), ours.genesis, List.of(node.client(coap)), afterHead());
    }

    private Instant afterHead() {
        return community.genesis.schedule().time(chain.head()).plusSeconds(30);
    }

    @Test
    void headersThatVerifyAreKeptBesideTheJournal() {
        try (VerifiedHeaders verified = open(community)) {
            verified.sync(afterHead());
            assertThat(verified.head()).isEqualTo(new Height(3));
        }
        node.close();
        try (VerifiedHeaders verified = open(community)) {
            assertThat(verified.head()).isEqualTo(new Height(3));
            assertThat(verified.header(new Height(2))).isEqualTo(chain.header(new Height(2)));
        }
    }

    @Test
    void anOldHeadIsNoFailureOfTheMeter() {
        try (VerifiedHeaders verified = open(community)) {
            verified.sync(afterHead().plus(Duration.ofHours(1)));
            assertThat(verified.head()).isEqualTo(new Height(3));
        }
    }

    @Test
    void headersOfAnotherCommunityAreRefusedByName() {
        SmallCommunity stranger = new SmallCommunity(2);
        WorkbenchChain forged = new WorkbenchChain(stranger);
        forged.approve(List.of());
        node.serves(forged);
        try (VerifiedHeaders verified = open(community)) {
            assertThatThrownBy(() -> verified.sync(afterHead()))
                    .hasMessageContaining(node.address().toString())
                    .hasMessageNotContaining("\n");
            assertThat(verified.head()).isEqualTo(Height.GENESIS);
        }
    }

    @Test
    void aNodeThatIsAwayIsNamed() {
        node.close();
        try (CoapClient hasty =
                        new CoapClient(
                                TransportSecurity.plain(),
                                CoapLimits.USUAL.withTimeout(Duration.ofMillis(300)),
                                SystemTime.CLOCKS);
                VerifiedHeaders verified =
                        VerifiedHeaders.open(
                                journal(),
                                community.genesis,
                                List.of(node.client(hasty)),
                                afterHead())) {
            assertThatThrownBy(() -> verified.sync(afterHead()))
                    .hasMessageContaining(node.address().toString());
        }
    }

    @Test
    void aDamagedFileIsSetAsideAndTheHeadersAreFetchedAnew() throws IOException {
        try (VerifiedHeaders verified = open(community)) {
            verified.sync(afterHead());
        }
        Files.write(
                headers(),
                "this is no database, and long enough to be one"
                        .repeat(100)
                        .getBytes(StandardCharsets.UTF_8));
        try (VerifiedHeaders verified = open(community)) {
            assertThat(verified.head()).isEqualTo(Height.GENESIS);
            verified.sync(afterHead());
            assertThat(verified.head()).isEqualTo(new Height(3));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name ->
                            name.startsWith("journal.db.headers.")
                                    && !name.endsWith("-wal")
                                    && !name.endsWith("-shm"));
        }
    }

    @Test
    void twoProgramsNeverShareTheHeaders() {
        try (VerifiedHeaders first = open(community)) {
            assertThat(first.head()).isEqualTo(Height.GENESIS);
            assertThatThrownBy(() -> open(community))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .isEqualTo(StoreException.Reason.LOCKED));
        }
    }
}
