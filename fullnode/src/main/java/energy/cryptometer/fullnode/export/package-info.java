/// Copies of the chain for offline verification.
@NullMarked
package energy.cryptometer.fullnode.export;

import org.jspecify.annotations.NullMarked;
