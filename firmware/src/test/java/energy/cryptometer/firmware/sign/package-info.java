/// Tests of what is signed next.
@NullMarked
package energy.cryptometer.firmware.sign;

import org.jspecify.annotations.NullMarked;
