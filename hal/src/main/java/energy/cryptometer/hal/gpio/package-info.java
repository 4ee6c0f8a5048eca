/// Pulse inputs on GPIO lines, through the kernel's line-event interface (GPIO uAPI v2): kernel
/// timestamps, kernel sequence numbers, and a buffer of edges that outlives the program.
@NullMarked
package energy.cryptometer.hal.gpio;

import org.jspecify.annotations.NullMarked;
