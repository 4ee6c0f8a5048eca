package energy.cryptometer.firmware.board;

import energy.cryptometer.command.Version;
import energy.cryptometer.firmware.capture.CaptureStage;
import energy.cryptometer.firmware.config.FirmwareConfig;
import energy.cryptometer.firmware.config.SourceConfig;
import energy.cryptometer.firmware.confirm.ConfirmStage;
import energy.cryptometer.firmware.confirm.Pruning;
import energy.cryptometer.firmware.confirm.VerifiedHeaders;
import energy.cryptometer.firmware.forward.ForwardStage;
import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.sign.MeterKey;
import energy.cryptometer.firmware.sign.SignStage;
import energy.cryptometer.firmware.sign.SigningSettings;
import energy.cryptometer.firmware.stage.Stage;
import energy.cryptometer.firmware.stage.StageRunner;
import energy.cryptometer.firmware.status.MeterStatus;
import energy.cryptometer.firmware.status.RuntimeStatus;
import energy.cryptometer.firmware.status.StatusWriter;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.panel.FlashingSource;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.ReopeningSource;
import energy.cryptometer.hal.pulse.SourceHealth;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.transaction.MeterEvent.Detail;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.timing.Backoff;
import energy.cryptometer.timing.TimeSource;
import energy.cryptometer.transport.message.NodeClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The wiring diagram of a meter, top to bottom: capture -> journal -> sign -> forward -> confirm.
/// What was opened last is closed first. Its methods are for one thread.
public final class Meter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("cryptometer");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// A batch at hand is stored before the program ends, if the disk takes it in this time.
    private static final Duration CAPTURE_PATIENCE = Duration.ofSeconds(15);

    /// What a meter is made of, opened.
    ///
    /// @param source opened when counting begins
    public record Parts(
            FirmwareConfig config,
            MeterEntry entry,
            MeterKey key,
            SourceConfig.Ready source,
            Journal journal) {}

    /// The nodes a meter knows, in the order in which they are tried.
    ///
    /// @param headers what they approved, verified by this meter
    /// @param bytesOnWire what was sent to and received from them so far
    public record Nodes(
            List<NodeClient> clients, VerifiedHeaders headers, LongSupplier bytesOnWire) {}

    private final Closer open = new Closer();
    private final List<StageRunner> runners = new ArrayList<>();
    private final FirmwareConfig config;
    private final MeterKey key;
    private final MeterEntry entry;
    private final SourceConfig.Ready source;
    private final Journal journal;
    private final TimeSource time;
    private final TurnTaker turns;
    private @Nullable CaptureStage capture;
    private @Nullable StatusWriter writer;
    private long starts;

    /// @param parts key and journal belong to the meter from now on
    public Meter(Parts parts, TimeSource time, TurnTaker turns) {
        config = parts.config();
        entry = parts.entry();
        source = parts.source();
        key = open.with(parts.key());
        journal = open.with(parts.journal());
        this.time = time;
        this.turns = turns;
    }

    private static AccountId account(MeterKey key) {
        return AccountId.of(key.publicKey());
    }

    /// On the meter's plate.
    String serial() {
        return entry.serial();
    }

    /// The youngest time that an earlier program believed in this boot.
    Optional<BoardClock.Reading> lastReading(UUID boot) {
        return journal.lastReading(boot);
    }

    /// Starts signing, forwarding and confirming what the journal holds.
    ///
    /// @param nodes their headers belong to the meter from now on
    public void start(BoardClock clock, Nodes nodes, Path statusFile) {
        VerifiedHeaders headers = open.with(nodes.headers());
        SignStage sign = new SignStage(journal, key, signing(config.genesis()), clock, time);
        ForwardStage forward =
                new ForwardStage(
                        journal,
                        nodes.clients(),
                        config.forward().terms(),
                        time,
                        nodes.bytesOnWire());
        Pruning pruning = new Pruning(journal, config.keepProven(), time);
        Backoff toNodes = config.forward().backoff();
        run(sign, StageRunner.USUAL);
        run(forward, toNodes);
        run(new ConfirmStage(journal, headers, nodes.clients(), clock, pruning), toNodes);
        writer =
                new StatusWriter(
                        statusFile,
                        new StatusWriter.Signing(this::keyStatus, sign::queue),
                        clock,
                        forward.wire(),
                        runners);
    }

    private SigningSettings signing(Genesis genesis) {
        return new SigningSettings(
                genesis.schedule(),
                genesis.plantAccount(),
                entry.constant(),
                source.status(),
                config.maxPulsesPerTransaction(),
                config.awaitSynchronised());
    }

    private RuntimeStatus.Key keyStatus() {
        return new RuntimeStatus.Key(key.kind(), key.description());
    }

    private void run(Stage stage, Backoff backoff) {
        StageRunner runner =
                new StageRunner(stage, backoff, time, RandomGenerator.of("SplittableRandom"));
        runners.add(runner);
        open.with(turns.start(stage.name(), runner, PATIENCE));
    }

    /// When counting may begin. A meter that has counted nothing waits for its community: what came
    /// earlier is not the community's energy. One that has counted goes on, whatever its clock
    /// says.
    Instant countsFrom() {
        return journal.cursors().captured() == 0
                ? config.genesis().schedule().origin()
                : Instant.MIN;
    }

    /// Whether it has begun to count; its input may be away all the same.
    boolean isCounting() {
        return capture != null;
    }

    FirmwareConfig config() {
        return config;
    }

    Path journalFile() {
        return config.journal();
    }

    /// The whole state of the meter.
    ///
    /// @param runtime what the program last said of itself
    MeterStatus status(RuntimeStatus runtime) {
        return new MeterStatus(
                account(key),
                entry.serial(),
                entry.constant(),
                starts,
                journal.counts(),
                journal.cursors().signedId(),
                Optional.of(runtime),
                runtime.at());
    }

    /// Begins to count, as soon as the input is there: it is opened now, and again until it can be.
    public void count(SourceConfig.Surroundings around) {
        starts = journal.appendBoot("cryptometer " + Version.current(), around.clock().read());
        Consumer<String> warn = line -> log(System.Logger.Level.WARNING, line);
        ReopeningSource.Input input =
                new ReopeningSource.Input(
                        config.source().device().orElse("the source"),
                        state -> source.open(around, state));
        PulseSource pulses =
                ReopeningSource.open(input, journal.sourceState(), around.clock(), warn);
        boolean away = pulses.health().condition() == SourceHealth.Condition.LOST;
        CaptureStage counting =
                open.with(
                        new CaptureStage(
                                new FlashingSource(pulses, around.light()),
                                journal,
                                warn,
                                turns.waiting(),
                                time));
        open.with(turns.start("capture", counting, CAPTURE_PATIENCE));
        capture = counting;
        log(
                System.Logger.Level.INFO,
                "%s, start %d, account %s, key: %s"
                        .formatted(
                                away ? "waiting for its input" : "counting",
                                starts,
                                account(key),
                                key.kind()));
    }

    private void log(System.Logger.Level level, String line) {
        LOG.log(level, "meter {0}: {1}", entry.serial(), line);
    }

    /// Records an event of the board in this meter's journal.
    ///
    /// @throws energy.cryptometer.store.StoreException if it cannot be written now
    void record(MeterEventKind kind, Detail detail, BoardClock.Reading at) {
        journal.appendEvent(kind, detail, at);
    }

    /// Writes the status file and returns what it says.
    ///
    /// @throws CountingStoppedException if counting has stopped by itself
    RuntimeStatus writeStatus(List<String> boardProblems) {
        CaptureStage counting = capture;
        StatusWriter to = writer;
        if (to == null) {
            throw new IllegalStateException("meter %s is not started".formatted(serial()));
        }
        SourceHealth health =
                counting == null
                        ? new SourceHealth(
                                SourceHealth.Condition.GOOD,
                                "counting begins with the community, at " + countsFrom(),
                                Map.of())
                        : counting.health();
        List<String> problems = new ArrayList<>(boardProblems);
        if (counting != null) {
            counting.journalTrouble().ifPresent(why -> problems.add("journal: " + why));
        }
        RuntimeStatus written = to.write(health, problems);
        if (counting != null && counting.failure().isPresent()) {
            throw new CountingStoppedException(serial(), counting.failure().get());
        }
        return written;
    }

    /// How it is, for the status LED. A token that does not answer is a fault of the key before the
    /// watchdog is told.
    LedCode.Working working() {
        CaptureStage counting = capture;
        boolean counts =
                counting != null
                        && counting.failure().isEmpty()
                        && counting.journalTrouble().isEmpty()
                        && counting.health().condition() != SourceHealth.Condition.LOST;
        boolean signs =
                stage("sign").stream()
                        .noneMatch(runner ->
                                runner.failing().filter(KeyException.class::isInstance).isPresent()
                                        || runner.busyFor()
                                                        .compareTo(
                                                                HangDetection.PATIENT_SIGNING_TURN)
                                                > 0);
        boolean connected =
                stage("forward").stream().allMatch(runner -> runner.failing().isEmpty());
        return new LedCode.Working(counts, signs, connected);
    }

    private List<StageRunner> stage(String name) {
        return runners.stream().filter(runner -> runner.health().stage().equals(name)).toList();
    }

    /// What hangs, in words: for the watchdog. A stage that fails and tries again does not hang.
    Optional<String> hangs() {
        CaptureStage counting = capture;
        Duration capturing = counting == null ? Duration.ZERO : counting.sinceLastTurn();
        Duration signing =
                stage("sign").stream()
                        .map(StageRunner::busyFor)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO);
        return HangDetection.hangs(capturing, signing)
                .map(what -> "meter %s: %s".formatted(serial(), what));
    }

    @Override
    public void close() {
        open.close();
    }
}
