/// Believing proofs, and only proofs.
@NullMarked
package energy.cryptometer.firmware.confirm;

import org.jspecify.annotations.NullMarked;
