/// Lines, board information and a second pulse input through Pi4J. Its providers here stand on the
/// kernel's GPIO interface, so nothing native is unpacked or loaded.
@NullMarked
package energy.cryptometer.hal.pi4j;

import org.jspecify.annotations.NullMarked;
