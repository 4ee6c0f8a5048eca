/// The board: pulse inputs, serial meters, keys in tokens, clock quality. Speaks pulses,
/// nanoseconds and bytes.
@NullMarked
package energy.cryptometer.hal;

import org.jspecify.annotations.NullMarked;
