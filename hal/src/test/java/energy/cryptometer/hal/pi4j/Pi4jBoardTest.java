package energy.cryptometer.hal.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.Pi4J;
import com.pi4j.exception.InitializeException;
import com.pi4j.io.gpio.digital.PullResistance;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.gpio.GpioException;
import energy.cryptometer.hal.gpio.GpioPin;
import energy.cryptometer.hal.panel.BlinkingLed;
import energy.cryptometer.hal.panel.Led;
import energy.cryptometer.hal.panel.Signal;
import energy.cryptometer.hal.panel.StatusLed;
import energy.cryptometer.hal.panel.TamperSwitch;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class Pi4jBoardTest {
    private static final PinSettings LED = new PinSettings("/dev/gpiochip0", "5", false);
    private static final PinSettings LID = new PinSettings("/dev/gpiochip0", "6", false);

    private final SimulatedClock clock =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));

    @Test
    void aLampIsDarkUntilItIsLitAndDarkAgainAtTheEnd() {
        try (MockBoard mock = new MockBoard()) {
            try (Led lamp = mock.board().led(LED)) {
                assertThat(mock.isHigh(5)).isFalse();
                lamp.set(true);
                assertThat(mock.isHigh(5)).isTrue();
                lamp.set(false);
                assertThat(mock.isHigh(5)).isFalse();
            }
            assertThat(mock.isOpen(5)).isFalse();
        }
    }

    @Test
    void anActiveLowLampIsLitByLow() {
        try (MockBoard mock = new MockBoard();
                Led lamp = mock.board().led(new PinSettings("/dev/gpiochip0", "5", true))) {
            assertThat(mock.isHigh(5)).isTrue();
            lamp.set(true);
            assertThat(mock.isHigh(5)).isFalse();
        }
    }

    @Test
    void aLightOnAMockedLineShowsThatNobodyCounts() {
        try (MockBoard mock = new MockBoard();
                StatusLed light = BlinkingLed.on(mock.board().led(LED))) {
            light.show(Signal.NOT_COUNTING);
            while (!mock.isHigh(5)) {
                Thread.onSpinWait();
            }
            assertThat(light.problem()).isEmpty();
        }
    }

    @Test
    void aLidThatIsOpenedIsToldWithItsTime() {
        try (MockBoard mock = new MockBoard()) {
            TamperSwitch lid = mock.board().tamperSwitch(LID, clock);
            mock.input(6, false);
            clock.advance(Duration.ofSeconds(1));
            assertThat(lid.next()).isEmpty();
            assertThat(lid.problem()).isEmpty();
            var opened = clock.read();
            mock.input(6, true);
            clock.advance(Duration.ofSeconds(1));
            assertThat(lid.next()).contains(new TamperSwitch.Change(true, opened));
            assertThat(lid.next()).isEmpty();
            var closed = clock.read();
            mock.input(6, false);
            clock.advance(Duration.ofSeconds(1));
            assertThat(lid.next()).contains(new TamperSwitch.Change(false, closed));
            lid.close();
            lid.close();
        }
    }

    @Test
    void severalLinesShareOneContextThatNobodyMakesInVain() {
        try (MockBoard mock = new MockBoard()) {
            assertThat(mock.contexts()).isZero();
            try (Led _ = mock.board().led(LED);
                    TamperSwitch _ = mock.board().tamperSwitch(LID, clock)) {
                assertThat(mock.contexts()).isEqualTo(1);
            }
            mock.board().close();
            mock.board().close();
        }
    }

    @Test
    void aBoardWithoutTheChipSaysSoInOneLine() {
        try (Pi4jBoard board = Pi4jBoard.ofThisMachine()) {
            assertThatThrownBy(() -> board.led(new PinSettings("/dev/gpiochip-none", "5", false)))
                    .isInstanceOf(Pi4jException.class)
                    .hasMessageContaining("no output at line 5 of /dev/gpiochip-none through Pi4J")
                    .hasMessageContaining("ENOENT")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void theKernelsReasonIsFoundBelowThatOfPi4j() {
        try (Pi4jBoard board =
                new Pi4jBoard(
                        () -> {
                            throw new InitializeException("wrapped", noSuchChip());
                        },
                        _ -> new GpioPin.Place(0, 5))) {
            assertThatThrownBy(() -> board.led(LED)).hasMessageContaining("/dev/gpiochip-none");
        }
    }

    /// A chip that comes later must not find its line taken by the tries before.
    @Test
    void aLineThatCannotBeOpenedIsRefusedTheSameWayEachTime() {
        try (Pi4jBoard board =
                new Pi4jBoard(
                        () ->
                                Pi4J.newContextBuilder()
                                        .noAutoDetect()
                                        .noAutoInject()
                                        .disableShutdownHook()
                                        .add(new KernelInputProvider())
                                        .build(),
                        _ -> new GpioPin.Place(9_999, 5))) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> board.input(LED, PullResistance.OFF))
                        .isInstanceOf(Pi4jException.class)
                        .hasMessageContaining("/dev/gpiochip9999")
                        .hasMessageContaining("ENOENT");
            }
        }
    }

    private static GpioException noSuchChip() {
        try {
            GpioPin.Place place = GpioPin.find("/dev/gpiochip-none", "1");
            throw new AssertionError("there is " + place);
        } catch (GpioException e) {
            return e;
        }
    }

    @Test
    void everyMachineIsSomeBoard() {
        assertThat(Pi4jBoard.identity().line()).isNotBlank().doesNotContain("\n");
        assertThat(Pi4jBoard.identity().serial()).isNotEqualTo(Optional.of(""));
    }
}
