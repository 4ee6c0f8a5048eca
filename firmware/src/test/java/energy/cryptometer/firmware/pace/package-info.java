/// Reckoned by hand where that can be done, else held against the integral of a true sine.
@NullMarked
package energy.cryptometer.firmware.pace;

import org.jspecify.annotations.NullMarked;
