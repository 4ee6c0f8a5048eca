/// The cryptometer program: capture, journal, sign, forward, confirm.
@NullMarked
package energy.cryptometer.firmware;

import org.jspecify.annotations.NullMarked;
