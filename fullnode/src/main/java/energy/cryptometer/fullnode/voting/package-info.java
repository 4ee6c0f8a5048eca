/// One block for each market step, in time: what is due, what goes into it, and the one thread that
/// does it.
@NullMarked
package energy.cryptometer.fullnode.voting;

import org.jspecify.annotations.NullMarked;
