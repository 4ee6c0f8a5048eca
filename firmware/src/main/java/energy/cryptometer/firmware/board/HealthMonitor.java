package energy.cryptometer.firmware.board;

import energy.cryptometer.firmware.config.BoardSettings;
import energy.cryptometer.firmware.journal.JournalCounts;
import energy.cryptometer.firmware.status.BoardHealth;
import energy.cryptometer.firmware.status.Disk;
import energy.cryptometer.firmware.status.MeterStatus;
import energy.cryptometer.firmware.status.Metrics;
import energy.cryptometer.hal.board.SupplyVoltage;
import energy.cryptometer.hal.clock.SteadyClock;
import energy.cryptometer.hal.systemd.Systemd;
import energy.cryptometer.ledger.transaction.MeterEvent.Detail;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import energy.cryptometer.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One look at everything, once a second: what happened to the board becomes events, its state
/// becomes the status and the metrics, and the service manager is told that the program works, but
/// only if it does. For one thread.
final class HealthMonitor {
    private static final System.Logger LOG = System.getLogger("cryptometer");

    /// Disks and metrics are looked at in every tenth check.
    private static final int SELDOM = 10;

    private final Meters all;
    private final List<Meter> meters;
    private final BoardSettings settings;
    private final SteadyClock clock;
    private final Systemd supervisor;
    private final FrontPanel panel;
    private final BoardEvents events;
    private final SupplyVoltage supply = SupplyVoltage.ofThisBoard();
    private List<Disk> disks = List.of();
    private Optional<String> hanging = Optional.empty();
    private LowSupply lowSupply = LowSupply.NEVER;
    private boolean metricsUnwritable;
    private long checks;

    HealthMonitor(
            Meters all,
            BoardSettings settings,
            SteadyClock clock,
            Systemd supervisor,
            FrontPanel panel) {
        this.all = all;
        meters = all.open();
        this.settings = settings;
        this.clock = clock;
        this.supervisor = supervisor;
        this.panel = panel;
        this.events = new BoardEvents(meters);
    }

    /// Looks at everything once.
    ///
    /// @throws CountingStoppedException if a meter has stopped counting by itself
    void check() {
        boolean seldom = checks++ % SELDOM == 0;
        if (seldom) {
            disks = Disk.of(meters.stream().map(Meter::journalFile).toList());
        }
        BoardHealth board = BoardHealth.now(clock, supply, disks);
        events.clock(clock);
        supply(board);
        panel.look(events);
        events.store();
        panel.show(LedCode.of(all.working()));
        List<String> problems = problems(board);
        List<MeterStatus> states = states(problems);
        if (seldom) {
            settings.metrics().ifPresent(file -> write(file, Metrics.text(states, board)));
        }
        feedWatchdog(states);
    }

    /// A journal that cannot even be read is reported by the stages that work on it; a status that
    /// cannot be had is no reason to stop counting.
    private List<MeterStatus> states(List<String> problems) {
        List<MeterStatus> states = new ArrayList<>();
        for (Meter meter : meters) {
            try {
                states.add(meter.status(meter.writeStatus(problems)));
            } catch (StoreException e) {
                LOG.log(System.Logger.Level.DEBUG, "status of {0}: {1}", meter.serial(), e);
            }
        }
        return states;
    }

    private void supply(BoardHealth board) {
        lowSupply = lowSupply.after(board.supplyTooLow(), board.clock().bootNanos());
        if (lowSupply.began()) {
            LOG.log(System.Logger.Level.WARNING, "the supply of the board is too low");
            events.happened(
                    MeterEventKind.UNDERVOLTAGE,
                    new Detail(lowSupply.times(), 0, ""),
                    board.clock());
        }
    }

    private List<String> problems(BoardHealth board) {
        List<String> problems = new ArrayList<>(board.problems());
        Duration held = clock.heldBack();
        if (!held.isZero()) {
            problems.add(
                    "clock: set by %d s while no time service disciplines it, not followed; %s"
                            .formatted(held.toSeconds(), board.time().line()));
        }
        problems.addAll(panel.problems());
        hanging.ifPresent(problems::add);
        problems.addAll(all.problems());
        return problems;
    }

    private void write(Path file, String text) {
        try {
            Metrics.write(file, text);
            metricsUnwritable = false;
        } catch (IOException e) {
            if (!metricsUnwritable) {
                LOG.log(System.Logger.Level.WARNING, "metrics cannot be written: {0}", e);
            }
            metricsUnwritable = true;
        }
    }

    /// Feeds the watchdog while every thread that counts and signs moves. One that hangs is left to
    /// the watchdog: it ends the program, and the next one goes on from the journal.
    private void feedWatchdog(List<MeterStatus> states) {
        Optional<String> now = meters.stream().flatMap(meter -> meter.hangs().stream()).findFirst();
        if (now.isEmpty()) {
            supervisor.alive();
            supervisor.status(
                    states.stream()
                            .map(HealthMonitor::fourNumbers)
                            .collect(Collectors.joining("; ")));
        } else if (!now.equals(hanging)) {
            LOG.log(System.Logger.Level.ERROR, "{0}", now.get());
            supervisor.status(now.get());
        }
        hanging = now;
    }

    private static String fourNumbers(MeterStatus meter) {
        JournalCounts counts = meter.counts();
        return "%s: counted %d, signed %d, sent %d, proven %d"
                .formatted(
                        meter.serial(),
                        counts.counted(),
                        counts.signed(),
                        counts.sent(),
                        counts.proven());
    }
}
