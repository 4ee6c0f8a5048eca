/// The trees of the stored chain.
@NullMarked
package energy.cryptometer.fullnode.chain;

import org.jspecify.annotations.NullMarked;
