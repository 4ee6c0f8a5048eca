package energy.cryptometer.hal.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputBase;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import energy.cryptometer.hal.gpio.GpioException;
import energy.cryptometer.hal.gpio.GpioPin;
import org.jspecify.annotations.Nullable;

/// Pi4J's digital output on a line of the kernel.
final class KernelOutput extends DigitalOutputBase {
    private @Nullable GpioPin pin;

    KernelOutput(DigitalOutputProvider provider, DigitalOutputConfig config) {
        super(provider, config);
    }

    @Override
    public DigitalOutput initialize(Context context) throws InitializeException {
        try {
            pin =
                    GpioPin.output(
                            new GpioPin.Place(config().bus(), config().bcm()),
                            config().initialState() == DigitalState.HIGH);
        } catch (GpioException e) {
            throw new InitializeException(e);
        }
        return super.initialize(context);
    }

    @Override
    public DigitalOutput state(DigitalState state) throws IOException {
        GpioPin opened = pin;
        if (opened == null) {
            throw new IOException("output " + id() + " is not open");
        }
        try {
            opened.set(state.isHigh());
        } catch (GpioException e) {
            throw new IOException(e.getMessage(), e);
        }
        return super.state(state);
    }

    @Override
    public DigitalState state() {
        return state;
    }

    @Override
    public DigitalOutput shutdownInternal(Context context) throws ShutdownException {
        try {
            return super.shutdownInternal(context);
        } finally {
            GpioPin opened = pin;
            if (opened != null) {
                opened.close();
            }
        }
    }
}
