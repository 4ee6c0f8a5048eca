@NullMarked
package energy.cryptometer.firmware.health;

import org.jspecify.annotations.NullMarked;
