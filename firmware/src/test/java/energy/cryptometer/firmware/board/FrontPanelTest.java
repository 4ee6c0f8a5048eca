package energy.cryptometer.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.firmware.config.FrontPanelSettings;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.panel.Signal;
import energy.cryptometer.hal.pi4j.Pi4jBoard;
import energy.cryptometer.hal.pi4j.PinSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrontPanelTest {
    private final SimulatedClock clock =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));

    private static Optional<PinSettings> missing(String line) {
        return Optional.of(new PinSettings("/dev/gpiochip-none", line, false));
    }

    @Test
    void aBoardWithoutGpioSaysSoInOneLineForEachAndGoesOn() {
        try (Pi4jBoard board = Pi4jBoard.ofThisMachine();
                FrontPanel panel =
                        new FrontPanel(new FrontPanelSettings(missing("5"), missing("6")), board)) {
            panel.open(clock);
            panel.show(Signal.COUNTING);
            panel.pulse();
            panel.look(new BoardEvents(List.of()));
            assertThat(panel.problems())
                    .hasSize(2)
                    .allMatch(line -> line.lines().count() == 1)
                    .allMatch(line -> line.contains("counting does not need it"))
                    .anyMatch(line -> line.startsWith("status LED: no output at line 5"))
                    .anyMatch(line -> line.startsWith("tamper switch: no input at line 6"));
        }
    }

    @Test
    void aBoardWithoutAPanelHasNothingToSay() {
        try (Pi4jBoard board = Pi4jBoard.ofThisMachine();
                FrontPanel panel = new FrontPanel(FrontPanelSettings.NONE, board)) {
            panel.pulse();
            panel.open(clock);
            panel.look(new BoardEvents(List.of()));
            assertThat(panel.problems()).isEmpty();
        }
    }
}
