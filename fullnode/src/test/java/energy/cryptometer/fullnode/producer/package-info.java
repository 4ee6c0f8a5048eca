/// When blocks are due and what goes into them.
@NullMarked
package energy.cryptometer.fullnode.producer;

import org.jspecify.annotations.NullMarked;
