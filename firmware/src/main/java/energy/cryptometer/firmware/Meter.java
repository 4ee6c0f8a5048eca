package energy.cryptometer.firmware;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.Version;
import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.firmware.capture.CaptureStage;
import energy.cryptometer.firmware.config.FirmwareConfig;
import energy.cryptometer.firmware.config.SourceConfig;
import energy.cryptometer.firmware.confirm.ConfirmStage;
import energy.cryptometer.firmware.forward.ForwardStage;
import energy.cryptometer.firmware.forward.ForwardTerms;
import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalIdentity;
import energy.cryptometer.firmware.sign.SignStage;
import energy.cryptometer.firmware.sign.SigningTerms;
import energy.cryptometer.firmware.stage.Pauses;
import energy.cryptometer.firmware.stage.Stage;
import energy.cryptometer.firmware.stage.StageRunner;
import energy.cryptometer.firmware.status.StatusWriter;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.LinuxClock;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.message.NodeClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The wiring diagram of a meter, top to bottom: capture -> journal -> sign -> forward -> confirm.
/// What was opened last is closed first.
final class Meter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("cryptometer");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// The longest a call to a node may take; a full message over a slow radio link fits.
    private static final Duration CALL = Duration.ofSeconds(10);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<StageRunner> runners = new ArrayList<>();
    private final FirmwareConfig config;
    private final BoardClock clock = LinuxClock.ofThisMachine();

    Meter(FirmwareConfig config) {
        this.config = config;
    }

    /// Opens everything, counts until told to stop or until counting fails.
    ///
    /// @return the exit code
    int run(CountDownLatch told) throws InterruptedException {
        Genesis genesis = config.genesis();
        KeySigner key = opened(config.key().signer());
        MeterEntry entry = MeterSetup.entry(genesis, AccountId.of(key.publicKey()));
        MeterSetup.requireAllowed(key, genesis);
        SourceConfig.Ready source = config.source().prepare(entry);
        Journal journal = journal(key, source);
        CoapClient coap = opened(new CoapClient(CoapLimits.USUAL.withTimeout(CALL)));
        List<NodeClient> nodes =
                config.forward().nodes().stream()
                        .map(address -> new NodeClient(coap, address, genesis.community()))
                        .toList();
        SigningTerms terms =
                new SigningTerms(
                        genesis.schedule(),
                        genesis.plantAccount(),
                        entry.constant(),
                        source.status(),
                        config.maxPulsesPerTransaction());
        ForwardStage forward =
                new ForwardStage(
                        journal,
                        coap,
                        nodes,
                        new ForwardTerms(config.forward().batch(), config.forward().linger()));
        VerifiedHeaders headers = opened(VerifiedHeaders.open(config.journal(), genesis, nodes));
        start(new SignStage(journal, key, terms, clock), Pauses.USUAL);
        start(forward, new Pauses(config.forward().retryMin(), config.forward().retryMax()));
        start(
                new ConfirmStage(journal, headers, nodes, clock, config.keepProven()),
                new Pauses(config.forward().retryMin(), config.forward().retryMax()));
        StatusWriter status =
                new StatusWriter(config.journal(), key, clock, forward.wire(), runners);
        if (!awaitOrigin(genesis.schedule().origin(), journal, told)) {
            return ExitCode.OK.code();
        }
        long starts = journal.appendBoot("cryptometer " + Version.current(), clock.read());
        CaptureStage capture =
                opened(
                        CaptureStage.start(
                                source.open(clock, journal.sourceState()),
                                journal,
                                line ->
                                        LOG.log(
                                                System.Logger.Level.WARNING,
                                                "capture: {0}",
                                                line)));
        LOG.log(
                System.Logger.Level.INFO,
                "counting, start {0}: meter {1}, account {2}, key: {3}",
                starts,
                entry.serial(),
                entry.account(),
                key.kind().label());
        return watch(told, capture, status);
    }

    private Journal journal(KeySigner key, SourceConfig.Ready source) {
        JournalIdentity identity =
                JournalIdentity.of(config.genesis(), key.publicKey(), source.fingerprint());
        return opened(Journal.open(config.journal(), identity, clock.read()));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    private void start(Stage stage, Pauses pauses) {
        runners.add(opened(new StageRunner(stage, pauses).start()));
    }

    /// A meter that has counted nothing waits for its community to begin: what came earlier is not
    /// the community's energy. One that has counted goes on, whatever its clock says.
    private boolean awaitOrigin(Instant origin, Journal journal, CountDownLatch told)
            throws InterruptedException {
        boolean fresh = journal.cursors().captured() == 0;
        if (fresh && clock.read().wall().isBefore(origin)) {
            LOG.log(System.Logger.Level.INFO, "counting begins with the community, at {0}", origin);
        }
        while (fresh && clock.read().wall().isBefore(origin)) {
            Duration rest = Duration.between(clock.read().wall(), origin);
            long millis = Math.clamp(rest.toMillis(), 1, LOOK_EVERY.toMillis());
            if (told.await(millis, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    private int watch(CountDownLatch told, CaptureStage capture, StatusWriter status)
            throws InterruptedException {
        do {
            status.write(capture.health());
            Optional<RuntimeException> failure = capture.failure();
            if (failure.isPresent()) {
                throw new CommandFailure(
                        ExitCode.TEMPORARY,
                        "counting stopped: %s; the program ends so that it is started anew"
                                .formatted(failure.get().getMessage()),
                        failure.get());
            }
        } while (!told.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        LOG.log(System.Logger.Level.INFO, "stopping");
        return ExitCode.OK.code();
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable resource = open.pop();
            try {
                resource.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "closing: {0}", e.getMessage());
            }
        }
    }
}
