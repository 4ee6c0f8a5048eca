package energy.cryptometer.firmware;

import energy.cryptometer.command.ExitCode;
import energy.cryptometer.firmware.config.BoardConfig;
import energy.cryptometer.firmware.config.SourceConfig;
import energy.cryptometer.firmware.journal.JournalCounts;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.SteadyClock;
import energy.cryptometer.hal.clock.SteadyClock.StepsBack;
import energy.cryptometer.hal.service.ServiceManager;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// One board with its meters. Once a second it looks at everything: lets a meter begin when its
/// community does, records what befell the board, writes the status, and tells the service manager
/// that it is alive, but only if it is.
final class Board implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("cryptometer");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// The longest a call to a node may take; a full message over a slow radio link fits.
    private static final Duration CALL = Duration.ofSeconds(10);

    private final Closing open = new Closing();
    private final BoardConfig config;
    private final BoardClock board;
    private final ServiceManager manager;
    private final List<Meter> meters = new ArrayList<>();
    private Optional<String> said = Optional.empty();

    Board(BoardConfig config, BoardClock board, ServiceManager manager) {
        this.config = config;
        this.board = board;
        this.manager = manager;
    }

    /// Opens everything, counts until told to stop or until counting fails.
    ///
    /// @return the exit code
    int run(CountDownLatch told) throws InterruptedException {
        config.meters().forEach(meter -> meters.add(open.with(new Meter(meter, board))));
        SteadyClock clock = SteadyClock.goingOn(board, StepsBack.HELD, believedBefore());
        CoapClient coap = open.with(new CoapClient(CoapLimits.USUAL.withTimeout(CALL)));
        for (Meter meter : meters) {
            meter.start(clock, coap, config.settings().statusFile(meter.journalFile()));
        }
        SourceConfig.Surroundings around = new SourceConfig.Surroundings(clock, manager);
        BoardEvents events = new BoardEvents(meters);
        sayWhoWaits(clock);
        begin(around);
        manager.ready();
        do {
            begin(around);
            events.clock(clock);
            events.store();
            List<String> problems = problems(clock);
            meters.forEach(meter -> meter.writeStatus(problems));
            reassure();
        } while (!told.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        LOG.log(System.Logger.Level.INFO, "stopping");
        manager.stopping();
        return ExitCode.OK.code();
    }

    /// Feeds the watchdog while every thread that counts and signs moves. One that hangs is left to
    /// the watchdog: it ends the program, and the next one goes on from the journal.
    private void reassure() {
        Optional<String> hanging =
                meters.stream().flatMap(meter -> meter.hangs().stream()).findFirst();
        if (hanging.isEmpty()) {
            manager.alive();
            manager.status(
                    meters.stream().map(Board::fourNumbers).collect(Collectors.joining("; ")));
        } else if (!hanging.equals(said)) {
            LOG.log(System.Logger.Level.ERROR, "{0}", hanging.get());
            manager.status(hanging.get());
        }
        said = hanging;
    }

    private static String fourNumbers(Meter meter) {
        JournalCounts counts = meter.counts();
        return "%s: counted %d, signed %d, sent %d, proven %d"
                .formatted(
                        meter.serial(),
                        counts.counted(),
                        counts.signed(),
                        counts.sent(),
                        counts.proven());
    }

    private Optional<BoardClock.Reading> believedBefore() {
        return meters.stream()
                .flatMap(meter -> meter.lastReading(board.read().bootId()).stream())
                .max(Comparator.comparingLong(BoardClock.Reading::bootNanos));
    }

    private void sayWhoWaits(BoardClock clock) {
        Instant now = clock.read().wall();
        for (Meter meter : meters) {
            if (now.isBefore(meter.countsFrom())) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "meter {0}: counting begins with the community, at {1}",
                        meter.serial(),
                        meter.countsFrom());
            }
        }
    }

    private void begin(SourceConfig.Surroundings around) {
        Instant now = around.clock().read().wall();
        for (Meter meter : meters) {
            if (!meter.isCounting() && !now.isBefore(meter.countsFrom())) {
                meter.count(around);
            }
        }
    }

    private static List<String> problems(SteadyClock clock) {
        Duration held = clock.heldBack();
        return held.isZero()
                ? List.of()
                : List.of(
                        "clock: set by %d s while no time service disciplines it; not followed: check the time service"
                                .formatted(held.toSeconds()));
    }

    @Override
    public void close() {
        open.close();
    }
}
