package energy.cryptometer.firmware.board;

import energy.cryptometer.command.ExitCode;
import energy.cryptometer.firmware.config.BoardConfig;
import energy.cryptometer.firmware.config.SourceConfig;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.SteadyClock;
import energy.cryptometer.hal.clock.SteadyClock.StepsBack;
import energy.cryptometer.hal.gpio.GpioPulseSource;
import energy.cryptometer.hal.pi4j.Pi4jBoard;
import energy.cryptometer.hal.service.Supervisor;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.TransportSecurity;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One board with its meters: opens them, lets each begin when its community does, and watches them
/// until it is told to stop.
public final class Board implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("cryptometer");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// The longest a call to a node may take; a full message over a slow radio link fits.
    private static final Duration CALL = Duration.ofSeconds(10);

    private final Closer open = new Closer();
    private final BoardConfig config;
    private final BoardClock board;
    private final Supervisor manager;
    private final Meters meters;

    public Board(BoardConfig config, BoardClock board, Supervisor manager) {
        this.config = config;
        this.board = board;
        this.manager = manager;
        meters = new Meters(meter -> new Meter(meter, board), Meters.AGAIN_AFTER);
    }

    /// Opens everything, counts until told to stop or until counting fails.
    ///
    /// @return the exit code
    public int run(CountDownLatch told) throws InterruptedException {
        Pi4jBoard pi4j = open.with(Pi4jBoard.ofThisMachine());
        FrontPanel panel = open.with(new FrontPanel(config.settings().panel(), pi4j));
        open.with(meters).open(config.meters());
        SteadyClock clock = SteadyClock.goingOn(board, StepsBack.HELD, believedBefore());
        CoapClient coap =
                open.with(
                        new CoapClient(
                                TransportSecurity.plain(),
                                CoapLimits.USUAL.withTimeout(CALL),
                                SystemTime.CLOCKS));
        Consumer<Meter> starter =
                meter ->
                        meter.start(clock, coap, config.settings().statusFile(meter.journalFile()));
        meters.start(starter);
        SourceConfig.Surroundings around =
                new SourceConfig.Surroundings(clock, manager, pi4j, panel);
        HealthMonitor watch = new HealthMonitor(meters, config.settings(), clock, manager, panel);
        sayWhoWaits(clock);
        begin(around);
        manager.ready();
        panel.open(clock);
        do {
            meters.tryAgain(starter);
            begin(around);
            watch.look();
        } while (!told.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        LOG.log(System.Logger.Level.INFO, "stopping");
        manager.stopping();
        return ExitCode.OK.code();
    }

    private Optional<BoardClock.Reading> believedBefore() {
        return meters.open().stream()
                .flatMap(meter -> meter.lastReading(board.read().bootId()).stream())
                .max(Comparator.comparingLong(BoardClock.Reading::bootNanos));
    }

    private void sayWhoWaits(BoardClock clock) {
        Instant now = clock.read().wall();
        for (Meter meter : meters.open()) {
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
        for (Meter meter : meters.open()) {
            if (!meter.isCounting() && !now.isBefore(meter.countsFrom())) {
                meter.count(around);
            }
        }
        if (meters.areAllOpen() && meters.open().stream().allMatch(Meter::isCounting)) {
            GpioPulseSource.forgetOtherInputs(around.manager());
        }
    }

    @Override
    public void close() {
        open.close();
    }
}
