/// From a growing total register to virtual pulses, with the remainder carried.
@NullMarked
package energy.cryptometer.hal.meter.counting;

import org.jspecify.annotations.NullMarked;
