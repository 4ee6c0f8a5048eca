package energy.cryptometer.hal.pi4j;

import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;

/// Gives Pi4J outputs on lines of the kernel; `bus` is the number of the chip.
final class KernelOutputProvider extends DigitalOutputProviderBase {
    KernelOutputProvider() {
        super("kernel-output", "GPIO lines of the kernel, outputs");
    }

    @Override
    public DigitalOutput create(DigitalOutputConfig config) {
        KernelOutput output = new KernelOutput(this, config);
        context.registry().add(output);
        return output;
    }
}
