/// Tests of the pulse input. The line is a pipe that gives what the kernel would give.
@NullMarked
package energy.cryptometer.hal.gpio;

import org.jspecify.annotations.NullMarked;
