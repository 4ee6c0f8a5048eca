package energy.cryptometer.firmware.board;

import energy.cryptometer.firmware.config.FrontPanelSettings;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.panel.BlinkingLed;
import energy.cryptometer.hal.panel.Signal;
import energy.cryptometer.hal.panel.StatusLed;
import energy.cryptometer.hal.panel.TamperSwitch;
import energy.cryptometer.hal.pi4j.Pi4jBoard;
import energy.cryptometer.hal.pi4j.Pi4jException;
import energy.cryptometer.ledger.transaction.MeterEvent.Detail;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The status LED and the tamper switch of a board. What cannot be had is logged once and shown as
/// a problem of the board; counting goes on. Shows and tells nothing before it is opened. All but
/// [#pulse] is for one thread.
final class FrontPanel implements StatusLed {
    private static final System.Logger LOG = System.getLogger("cryptometer");

    private final FrontPanelSettings settings;
    private final Pi4jBoard board;
    private final List<String> refused = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private volatile StatusLed light = StatusLed.NONE;
    private @Nullable TamperSwitch lid;

    FrontPanel(FrontPanelSettings settings, Pi4jBoard board) {
        this.settings = settings;
        this.board = board;
    }

    /// Takes the lines. Comes after counting has begun: it costs Pi4J a moment.
    void open(BoardClock clock) {
        LOG.log(System.Logger.Level.INFO, "board: {0}", Pi4jBoard.identity().line());
        settings.led()
                .ifPresent(pin -> {
                    try {
                        light = BlinkingLed.on(board.led(pin));
                    } catch (Pi4jException e) {
                        refused("status LED", e);
                    }
                });
        settings.tamper()
                .ifPresent(pin -> {
                    try {
                        lid = board.tamperSwitch(pin, clock);
                    } catch (Pi4jException e) {
                        refused("tamper switch", e);
                    }
                });
    }

    private void refused(String what, Pi4jException e) {
        refused.add("%s: %s; counting does not need it".formatted(what, e.getMessage()));
    }

    /// Takes what happened to the lid since the last look.
    void look(BoardEvents events) {
        TamperSwitch known = lid;
        if (known == null) {
            return;
        }
        for (Optional<TamperSwitch.Change> next = known.next();
                next.isPresent();
                next = known.next()) {
            boolean open = next.get().open();
            LOG.log(
                    open ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
                    "the lid was {0} at {1}",
                    open ? "opened" : "closed",
                    next.get().at().wall());
            events.happened(
                    MeterEventKind.TAMPER, new Detail(open ? 1 : 0, 0, ""), next.get().at());
        }
    }

    @Override
    public void show(Signal signal) {
        light.show(signal);
    }

    @Override
    public void pulse() {
        light.pulse();
    }

    /// What does not work, one line each; each is logged once.
    List<String> problems() {
        List<String> problems = new ArrayList<>(refused);
        problem().ifPresent(problems::add);
        TamperSwitch known = lid;
        if (known != null) {
            known.problem().ifPresent(problems::add);
        }
        problems.stream()
                .filter(line -> !logged.contains(line))
                .forEach(line -> LOG.log(System.Logger.Level.WARNING, "{0}", line));
        logged.clear();
        logged.addAll(problems);
        return problems;
    }

    @Override
    public Optional<String> problem() {
        return light.problem().map(line -> "status LED: " + line);
    }

    @Override
    public void close() {
        light.close();
        TamperSwitch known = lid;
        if (known != null) {
            known.close();
        }
    }
}
