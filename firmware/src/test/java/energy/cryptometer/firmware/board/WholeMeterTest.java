package energy.cryptometer.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.firmware.MemoryNode;
import energy.cryptometer.firmware.VirtualClock;
import energy.cryptometer.firmware.WorkbenchChain;
import energy.cryptometer.firmware.capture.CaptureStage;
import energy.cryptometer.firmware.config.FirmwareConfig;
import energy.cryptometer.firmware.config.SourceConfig;
import energy.cryptometer.firmware.confirm.VerifiedHeaders;
import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalCounts;
import energy.cryptometer.firmware.journal.JournalIdentity;
import energy.cryptometer.firmware.sign.MeterKey;
import energy.cryptometer.hal.pulse.SimulatedPulseSource;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.hal.systemd.Systemd;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.transaction.PulseStatus;
import energy.cryptometer.ledger.unit.StepSchedule;
import energy.cryptometer.timing.Turn;
import energy.cryptometer.timing.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole meter, from the pulse to its proof, in the thread of the test: its turns are taken here,
/// time passes when the test says so, and its node is in memory.
class WholeMeterTest {
    private static final int PULSES_A_MINUTE = 7;
    private static final int MINUTES = 12;
    private static final int PULSES_A_STEP = PULSES_A_MINUTE * MINUTES;

    private final SmallCommunity community = new SmallCommunity();
    private final StepSchedule schedule = community.genesis.schedule();
    private final VirtualTime time = new VirtualTime(SmallCommunity.ORIGIN);
    private final VirtualClock clock = new VirtualClock(time);
    private final MemoryNode node = new MemoryNode(new WorkbenchChain(community));
    private final List<Turn> turns = new ArrayList<>();

    @TempDir private Path folder;
    private SimulatedPulseSource pulses = SimulatedPulseSource.open(clock, NOTHING);
    private Meter meter;
    private Journal journal;

    private static final SourceState NOTHING = SourceState.NEVER_STARTED;

    /// Nobody waits, and no thread is made.
    private final TurnTaker here =
            new TurnTaker() {
                @Override
                public AutoCloseable start(String name, Turn turn, Duration patience) {
                    turns.add(turn);
                    return () -> turns.remove(turn);
                }

                @Override
                public CaptureStage.Waiting waiting() {
                    return CaptureStage.Waiting.NEVER;
                }
            };

    private final MeterKey key =
            new MeterKey() {
                @Override
                public PublicKey publicKey() {
                    return community.meterA.publicKey();
                }

                @Override
                public byte[] sign(byte[] message) {
                    return community.meterA.sign(message);
                }

                @Override
                public String kind() {
                    return "of a test";
                }

                @Override
                public String description() {
                    return "in memory";
                }

                @Override
                public void close() {}
            };

    @BeforeEach
    void start() throws IOException {
        Files.write(
                folder.resolve("genesis.cbor"),
                GenesisCodec.sign(community.genesis, community.authority));
        Path file =
                Files.writeString(
                        folder.resolve("meter.toml"),
                        """
                        [meter]
                        genesis = "genesis.cbor"
                        journal = "journal.db"
                        serial = "%s"
                        [key]
                        trial_key = "key.p12"
                        pin_file = "pin"
                        [forward]
                        nodes = ["coap://127.0.0.1:5683"]
                        [source]
                        type = "gpio"
                        chip = "none"
                        line = 1
                        [keep]
                        proven_days = 0
                        """
                                .formatted(community.genesis.meters().getFirst().serial()));
        open(FirmwareConfig.read(file));
    }

    private void open(FirmwareConfig config) {
        SourceConfig.Ready source =
                new SourceConfig.Ready(
                        "simulated",
                        PulseStatus.CONTACT,
                        (around, state) -> {
                            pulses = SimulatedPulseSource.open(around.clock(), state);
                            return pulses;
                        });
        journal =
                Journal.open(
                        config.journal(),
                        JournalIdentity.of(
                                community.genesis, key.publicKey(), source.fingerprint()),
                        clock.read());
        meter =
                new Meter(
                        new Meter.Parts(config, config.meter().orElseThrow(), key, source, journal),
                        time,
                        here);
        VerifiedHeaders headers =
                VerifiedHeaders.open(
                        config.journal(), community.genesis, List.of(node), time.instant());
        meter.start(
                clock,
                new Meter.Nodes(List.of(node), headers, () -> 0),
                folder.resolve("status.json"));
        meter.count(new SourceConfig.Surroundings(clock, time, Systemd.absent()));
    }

    @AfterEach
    void close() {
        meter.close();
    }

    /// Each stage does all that is due now.
    private void takeTurns() throws InterruptedException {
        for (Turn turn : List.copyOf(turns)) {
            while (turn.take().isZero()) {}
        }
    }

    /// A market step with its pulses; then its block.
    private void step() throws InterruptedException {
        Instant end = schedule.end(schedule.stepAt(time.instant()));
        for (int minute = 0; minute < MINUTES; minute++) {
            pulses.pulse(PULSES_A_MINUTE);
            time.advance(Duration.ofMinutes(1));
            takeTurns();
        }
        time.advance(Duration.between(time.instant(), end.plusSeconds(6)));
        takeTurns();
        time.advance(schedule.propose().minusSeconds(6));
        node.approve();
        takeTurns();
        time.advance(Duration.ofMinutes(1)); // what failed is tried again within this
        takeTurns();
    }

    @Test
    void everyPulseOfFiveMarketStepsIsProvenInOneThread() throws InterruptedException {
        for (int step = 1; step <= 5; step++) {
            step();
            JournalCounts counts = journal.counts();
            long all = (long) step * PULSES_A_STEP;
            assertThat(List.of(counts.counted(), counts.signed(), counts.sent(), counts.proven()))
                    .as("after step %d", step)
                    .containsExactly(all, all, all, all);
        }
        assertThat(journal.cursors().prunedSequence()).as("an hour has passed").isPositive();
        assertThat(meter.working()).isEqualTo(new LedCode.Working(true, true, true));
    }

    @Test
    void aNodeThatIsAwayForAStepAndARestartLoseNothing() throws InterruptedException {
        step();
        node.away(true);
        step();
        assertThat(journal.counts().signed()).isEqualTo(2 * PULSES_A_STEP);
        assertThat(journal.counts().sent()).isEqualTo(PULSES_A_STEP);
        assertThat(meter.working()).isEqualTo(new LedCode.Working(true, true, false));
        meter.close();
        assertThat(turns).isEmpty();
        node.away(false);
        open(meter.config());
        step();
        step();
        JournalCounts counts = journal.counts();
        assertThat(counts.counted()).isEqualTo(4 * PULSES_A_STEP);
        assertThat(counts.proven()).isEqualTo(4 * PULSES_A_STEP);
        assertThat(meter.working()).isEqualTo(new LedCode.Working(true, true, true));
    }
}
