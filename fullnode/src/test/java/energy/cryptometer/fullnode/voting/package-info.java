/// When blocks are due and what goes into them.
@NullMarked
package energy.cryptometer.fullnode.voting;

import org.jspecify.annotations.NullMarked;
