/// From captures to signed transactions: what is signed next (pure), and the one thread that signs.
@NullMarked
package energy.cryptometer.firmware.sign;

import org.jspecify.annotations.NullMarked;
