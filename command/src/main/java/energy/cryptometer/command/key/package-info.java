/// From a key of the board to a signer of the ledger, and from a `[key]` section to the key.
@NullMarked
package energy.cryptometer.command.key;

import org.jspecify.annotations.NullMarked;
