/// MID meters on a serial line. Meters are data files, a reading is an exact number of
/// milliwatt-hours or a reason, and a growing register becomes virtual pulses with the remainder
/// carried.
@NullMarked
package energy.cryptometer.hal.meter;

import org.jspecify.annotations.NullMarked;
