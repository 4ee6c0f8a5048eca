/// `cryptometer meter`: which meters are known, and which are on a line. Needs neither key nor
/// community, and writes to no meter.
@NullMarked
package energy.cryptometer.firmware.meterscan;

import org.jspecify.annotations.NullMarked;
