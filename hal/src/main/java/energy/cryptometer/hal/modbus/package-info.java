/// Modbus RTU as a client: serial settings, frames, the line that several meters share. Knows
/// registers, not what they mean.
@NullMarked
package energy.cryptometer.hal.modbus;

import org.jspecify.annotations.NullMarked;
