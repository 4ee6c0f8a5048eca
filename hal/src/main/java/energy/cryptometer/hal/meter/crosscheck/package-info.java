/// Pulses of a contact compared with the register of the same meter.
@NullMarked
package energy.cryptometer.hal.meter.crosscheck;

import org.jspecify.annotations.NullMarked;
