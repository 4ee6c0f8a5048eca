/// Stages that fail and recover.
@NullMarked
package energy.cryptometer.firmware.stage;

import org.jspecify.annotations.NullMarked;
