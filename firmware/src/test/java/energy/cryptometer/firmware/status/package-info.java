/// What is said of a meter, also when a file is damaged.
@NullMarked
package energy.cryptometer.firmware.status;

import org.jspecify.annotations.NullMarked;
