/// Reads the total register of a meter on a line, again and again: what the meter is, how often it
/// is asked, and what goes wrong.
@NullMarked
package energy.cryptometer.hal.meter.polling;

import org.jspecify.annotations.NullMarked;
