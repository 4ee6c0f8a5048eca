package energy.cryptometer.hal.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import com.pi4j.io.gpio.digital.DigitalStateChangeListener;
import energy.cryptometer.hal.gpio.GpioException;
import energy.cryptometer.hal.gpio.GpioInput.Bias;
import energy.cryptometer.hal.gpio.GpioPin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Pi4J's digital input on a line of the kernel. One thread tells all listeners; it starts with the
/// first of them, so that none misses an edge. The state is unknown once the chip is gone.
final class KernelInput extends DigitalInputBase {
    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

    private volatile boolean stopping;
    private volatile DigitalState now = DigitalState.UNKNOWN;
    private @Nullable GpioPin pin;
    private @Nullable Thread reader;

    KernelInput(DigitalInputProvider provider, DigitalInputConfig config) {
        super(provider, config);
    }

    @Override
    public DigitalInput initialize(Context context) throws InitializeException {
        Bias bias =
                switch (config().pull()) {
                    case OFF -> Bias.DISABLED;
                    case PULL_UP -> Bias.PULL_UP;
                    case PULL_DOWN -> Bias.PULL_DOWN;
                };
        try {
            GpioPin opened = GpioPin.input(new GpioPin.Place(config().bus(), config().bcm()), bias);
            pin = opened;
            now = DigitalState.getState(opened.isHigh());
        } catch (GpioException e) {
            close(pin);
            throw new InitializeException(e);
        }
        return super.initialize(context);
    }

    private static void close(@Nullable GpioPin pin) {
        if (pin != null) {
            pin.close();
        }
    }

    @Override
    public synchronized DigitalInput addListener(DigitalStateChangeListener... listeners) {
        DigitalInput self = super.addListener(listeners);
        GpioPin opened = pin;
        if (reader == null && opened != null) {
            Thread thread =
                    Thread.ofPlatform().name("pi4j " + id()).daemon().unstarted(() -> read(opened));
            reader = thread;
            thread.start();
        }
        return self;
    }

    private void read(GpioPin opened) {
        try {
            while (!stopping) {
                opened.awaitEdge(LONGEST_WAIT).ifPresent(this::changed);
            }
        } catch (GpioException _) {
            now = DigitalState.UNKNOWN;
        }
    }

    private void changed(boolean high) {
        now = DigitalState.getState(high);
        dispatch(new DigitalStateChangeEvent<DigitalInput>(this, now));
    }

    @Override
    public DigitalState state() {
        return now;
    }

    @Override
    public synchronized DigitalInput shutdownInternal(Context context) throws ShutdownException {
        stopping = true;
        Thread thread = reader;
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        close(pin);
        return super.shutdownInternal(context);
    }
}
