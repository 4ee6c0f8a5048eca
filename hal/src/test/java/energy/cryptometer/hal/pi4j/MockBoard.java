package energy.cryptometer.hal.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import energy.cryptometer.hal.gpio.GpioPin;

/// A board whose lines are those of Pi4J's mock, all on chip 0.
final class MockBoard implements AutoCloseable {
    private final Context context =
            Pi4J.newContextBuilder()
                    .noAutoDetect()
                    .noAutoInject()
                    .disableShutdownHook()
                    .add(
                            MockDigitalInputProvider.newInstance(),
                            MockDigitalOutputProvider.newInstance())
                    .build();
    private int contexts;
    private final Pi4jBoard board =
            new Pi4jBoard(
                    () -> {
                        contexts++;
                        return context;
                    },
                    pin -> new GpioPin.Place(0, Integer.parseInt(pin.line())));

    Pi4jBoard board() {
        return board;
    }

    /// How often a context was asked for.
    int contexts() {
        return contexts;
    }

    private static String id(int line) {
        return "chip0-line" + line;
    }

    /// The line goes high or low.
    void input(int line, boolean high) {
        context.registry()
                .get(id(line), MockDigitalInput.class)
                .mockState(DigitalState.getState(high));
    }

    boolean isOpen(int line) {
        return context.registry().exists(id(line));
    }

    boolean isHigh(int line) {
        return context.registry().get(id(line), MockDigitalOutput.class).state().isHigh();
    }

    @Override
    public void close() {
        board.close();
        context.shutdown();
    }
}
