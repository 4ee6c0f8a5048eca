@NullMarked
package energy.cryptometer.fullnode.node;

import org.jspecify.annotations.NullMarked;
