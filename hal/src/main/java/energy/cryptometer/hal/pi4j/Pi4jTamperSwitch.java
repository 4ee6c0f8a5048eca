package energy.cryptometer.hal.pi4j;

import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalState;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.panel.SwitchDebouncer;
import energy.cryptometer.hal.panel.TamperSwitch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// A switch at a digital input of Pi4J.
final class Pi4jTamperSwitch implements TamperSwitch {
    private static final int MOST_WAITING = 64;

    private final DigitalInput input;
    private final DigitalState open;
    private final BoardClock clock;
    private final String where;
    private final Deque<Change> changes = new ArrayDeque<>();
    private SwitchDebouncer fold;

    /// @param open the state of the line while the lid is open
    Pi4jTamperSwitch(DigitalInput input, DigitalState open, BoardClock clock, String where) {
        this.input = input;
        this.open = open;
        this.clock = clock;
        this.where = where;
        synchronized (this) {
            // The first look is a change from closed: a lid that is open at the start is told.
            fold = SwitchDebouncer.closed(clock.read());
            DigitalInput _ = input.addListener(event -> changed(event.state()));
            changed(input.state());
        }
    }

    private synchronized void changed(DigitalState state) {
        note(fold.after(state == open, clock.read()));
    }

    private void note(SwitchDebouncer next) {
        fold = next;
        next.found()
                .ifPresent(change -> {
                    if (changes.size() == MOST_WAITING) {
                        Change _ = changes.removeFirst();
                    }
                    changes.addLast(change);
                });
    }

    @Override
    public synchronized Optional<Change> next() {
        note(fold.at(clock.read()));
        return Optional.ofNullable(changes.pollFirst());
    }

    @Override
    public Optional<String> problem() {
        return input.state() == DigitalState.UNKNOWN
                ? Optional.of("tamper switch at " + where + " cannot be read: look at the chip")
                : Optional.empty();
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (Pi4JException _) {
            // gone already: the board was closed, or the chip is away
        }
    }
}
