package energy.cryptometer.hal.pi4j;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;

/// Gives Pi4J inputs on lines of the kernel; `bus` is the number of the chip.
final class KernelInputProvider extends DigitalInputProviderBase {
    KernelInputProvider() {
        super("kernel-input", "GPIO lines of the kernel, inputs");
    }

    @Override
    public DigitalInput create(DigitalInputConfig config) {
        KernelInput input = new KernelInput(this, config);
        context.registry().add(input);
        return input;
    }
}
