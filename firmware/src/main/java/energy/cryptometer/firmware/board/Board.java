package energy.cryptometer.firmware.board;

import energy.cryptometer.firmware.config.BoardConfig;
import energy.cryptometer.firmware.config.SourceConfig;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.SteadyClock;
import energy.cryptometer.hal.clock.SteadyClock.StepsBack;
import energy.cryptometer.hal.gpio.GpioPulseSource;
import energy.cryptometer.hal.pi4j.Pi4jBoard;
import energy.cryptometer.hal.systemd.Systemd;
import energy.cryptometer.timing.TimeSource;
import energy.cryptometer.timing.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// One board with its meters: opens them, lets each begin when its community does, and looks after
/// them once a second. For one thread.
public final class Board implements Turn, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("cryptometer");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// What the board itself gives.
    ///
    /// @param clock the board's own, which may be set by anybody
    /// @param supervisor the service manager that started the program, if one did
    public record Hardware(BoardClock clock, TimeSource time, Systemd supervisor, Pi4jBoard pi4j) {}

    private final Closer open = new Closer();
    private final BoardConfig config;
    private final Hardware hardware;
    private final Meters meters;
    private final MeterOpener opener;
    private final FrontPanel panel;
    private final SteadyClock clock;
    private final SourceConfig.Surroundings around;
    private final HealthMonitor health;

    private Board(BoardConfig config, Hardware hardware, MeterOpener opener) {
        this.config = config;
        this.hardware = hardware;
        this.opener = opener;
        panel = open.with(new FrontPanel(config.settings().panel(), hardware.pi4j()));
        meters = open.with(new Meters(opener::open, hardware.time(), Meters.AGAIN_AFTER));
        try {
            meters.open(config.meters());
            clock = SteadyClock.goingOn(hardware.clock(), StepsBack.HELD, believedBefore());
            meters.start(this::start);
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
        around =
                new SourceConfig.Surroundings(
                        clock, hardware.time(), hardware.supervisor(), hardware.pi4j(), panel);
        health = new HealthMonitor(meters, config.settings(), clock, hardware.supervisor(), panel);
    }

    /// Opens the meters and begins to count.
    ///
    /// @throws RuntimeException why the first meter could not be opened, where none could
    public static Board open(BoardConfig config, Hardware hardware, MeterOpener opener) {
        Board board = new Board(config, hardware, opener);
        try {
            board.logWhoWaits();
            board.begin();
        } catch (RuntimeException e) {
            board.open.close();
            throw e;
        }
        hardware.supervisor().ready();
        board.panel.open(board.clock);
        return board;
    }

    private void start(Meter meter) {
        meter.start(
                clock,
                opener.nodes(meter.config(), clock.read().wall()),
                config.settings().statusFile(meter.journalFile()));
    }

    private Optional<BoardClock.Reading> believedBefore() {
        return meters.open().stream()
                .flatMap(meter -> meter.lastReading(hardware.clock().read().bootId()).stream())
                .max(Comparator.comparingLong(BoardClock.Reading::bootNanos));
    }

    private void logWhoWaits() {
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

    /// Looks after the meters once.
    ///
    /// @throws CountingStoppedException if a meter has stopped counting by itself
    @Override
    public Duration take() {
        meters.tryAgain(this::start);
        begin();
        health.check();
        return LOOK_EVERY;
    }

    private void begin() {
        Instant now = clock.read().wall();
        for (Meter meter : meters.open()) {
            if (!meter.isCounting() && !now.isBefore(meter.countsFrom())) {
                meter.count(around);
            }
        }
        if (meters.areAllOpen() && meters.open().stream().allMatch(Meter::isCounting)) {
            GpioPulseSource.forgetOtherInputs(hardware.supervisor());
        }
    }

    /// Says that the program ends, then closes everything.
    @Override
    public void close() {
        LOG.log(System.Logger.Level.INFO, "stopping");
        hardware.supervisor().stopping();
        open.close();
    }
}
