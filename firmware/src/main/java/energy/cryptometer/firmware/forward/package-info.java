/// Hands signed transactions to community nodes until one has them on disk.
@NullMarked
package energy.cryptometer.firmware.forward;

import org.jspecify.annotations.NullMarked;
