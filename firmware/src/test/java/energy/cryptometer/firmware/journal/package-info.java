/// The journal on real files.
@NullMarked
package energy.cryptometer.firmware.journal;

import org.jspecify.annotations.NullMarked;
