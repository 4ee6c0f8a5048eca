/// Proves, trusting no node, that what was sent stands in approved blocks.
@NullMarked
package energy.cryptometer.firmware.confirm;

import org.jspecify.annotations.NullMarked;
