/// The community node: mempool, rules, block timing, store, CoAP resources.
@NullMarked
package energy.cryptometer.fullnode;

import org.jspecify.annotations.NullMarked;
