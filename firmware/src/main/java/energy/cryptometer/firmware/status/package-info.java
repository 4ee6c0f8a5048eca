/// What the running program says of itself, and what a person or a machine reads of it.
@NullMarked
package energy.cryptometer.firmware.status;

import org.jspecify.annotations.NullMarked;
