/// A loop that does one thing, survives its failures, and says when it last worked.
@NullMarked
package energy.cryptometer.firmware.stage;

import org.jspecify.annotations.NullMarked;
