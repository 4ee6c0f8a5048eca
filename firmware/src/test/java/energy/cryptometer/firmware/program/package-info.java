@NullMarked
package energy.cryptometer.firmware.program;

import org.jspecify.annotations.NullMarked;
