/// Counting into a real journal.
@NullMarked
package energy.cryptometer.firmware.capture;

import org.jspecify.annotations.NullMarked;
